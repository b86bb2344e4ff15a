// lost_ways.h - the way by which a lost handle was to be reached.
//
// `new Outer` is never deleted; its unique_ptr holds a node, and that node a shared_ptr. The handle was lost
// with Outer, not with the node, and only Outer's allocation tells the reader what to free. So the
// unowned plain blocks go into the snapshot that lead to one with a handle, through however many others.
//
// Method: the pointers between unowned plain blocks, sorted by where they lead, followed backwards.
// Cost: two passes over the unowned plain blocks; 4 bytes a pointer among them, 9 to 13 for each live block.
#pragma once

#include "scan/objects.h"

namespace gordian::rt {

// Appends to `out` the blocks that lead to one of `lost`, which are recorded, plain and owned by nobody. Blocks
// that are owned or recorded already are left alone. False when memory ran out.
bool find_lost_ways(const Heap& heap, const Objects& objects, const PageArray<std::uint32_t>& lost,
                    PageArray<std::uint32_t>& out) noexcept;

}  // namespace gordian::rt
