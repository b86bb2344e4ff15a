// ownership.h - what is surely owned, so that nobody needs to look at it again.
#pragma once

#include "scan/roots.h"
#include "scan/objects.h"

namespace gordian::rt {

// Counts the words that hold each object's control block address, over all live memory.
void count_words(const Roots& roots, Heap& heap, Objects& objects) noexcept;

// Marks every block and object that is surely owned (kBlockOwned, kObjOwned), and every
// other object that owned memory points into (kObjSeen). False when memory ran out.
bool flood_from_roots(const Roots& roots, Heap& heap, Objects& objects) noexcept;

}  // namespace gordian::rt
