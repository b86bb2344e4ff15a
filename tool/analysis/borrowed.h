// borrowed.h - pointers into what a container or a unique_ptr owns.
//
// An iterator to its own place in a list, a raw pointer to what a unique_ptr elsewhere holds: neither keeps
// anything alive, and a cycle through one is none. Of a plain block that a known owner leads to, all other
// pointers are such, for it has one owner; of one that only raw pointers lead to, any of them may be that, and all count.
#pragma once

#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

// By row of pointers. What it does not say: that whoever borrows keeps the block in nobody's hands
// (ownership.h).
std::vector<bool> find_borrowed(const HeapIndex& index, const Typing& typing);

// By block: the plain ones that what could not be read may hold, for raw pointers lead to them, and no known owner. Empty where
// all memory was read. Without debug info nothing says that a pointer is a raw one.
std::vector<bool> find_held_unread(const HeapIndex& index, const Typing& typing);

}  // namespace gordian
