// held.h - whether something holds all that was made in a scope, told from the scope's own blocks.
//
// A check of each test case must not look at the whole heap. What counts its
// handles makes that possible, as in CPython's collector: an object with more handles than words in the scope's blocks point to
// it is held from elsewhere, and so is all that it owns. If nothing is left then, no cycle among the scope's objects
// keeps itself alive, and nobody has to look at the rest of the heap. If something is, it need not be a cycle: a plain block that
// a global points to may hold it. A check of everything tells.
//
// Cost: two passes over the scope's blocks. (To list them, the table of live blocks is gone through: 4 bytes for 16 of the heap.)
#pragma once

#include "scan/objects.h"
#include "scan/workers.h"

namespace gordian::rt {

// `heap` and `objects` are those of the scope's blocks alone. False also when that cannot be told: memory ran out, or the work
// was called off.
[[nodiscard]] bool all_held_from_outside(Heap& heap, Objects& objects, Workers& workers) noexcept;

}  // namespace gordian::rt
