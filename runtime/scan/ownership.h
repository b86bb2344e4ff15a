// ownership.h - what is surely owned, so that nobody needs to look at it again.
#pragma once

#include "scan/roots.h"
#include "scan/objects.h"
#include "scan/workers.h"

namespace gordian::rt {

// Counts the words that hold each object's control block address, over all live memory. False when the work was
// called off.
[[nodiscard]] bool count_words(const Roots& roots, Heap& heap, Objects& objects, Workers& workers) noexcept;

// Marks every block and object that is surely owned (kBlockOwned, kObjOwned), and every
// other object that owned memory points into (kObjSeen). False when memory ran out or the work was
// called off.
[[nodiscard]] bool flood_from_roots(const Roots& roots, Heap& heap, Objects& objects, Workers& workers) noexcept;

}  // namespace gordian::rt
