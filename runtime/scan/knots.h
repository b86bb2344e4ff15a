// knots.h - unowned plain blocks that hold each other.
//
// An object that counts its own handles looks like any other block: only debug info, which
// the tool has, tells that `boost::intrusive_ptr` points to it. What could be a cycle of
// such objects goes into the snapshot, and nothing else that leaks without being one.
//
// Method: of the blocks that nobody owns, those that no other points to are peeled off, again and
// again. What stays lies on a ring of pointers or is held by one. There must be a count as
// well: four bytes whose value is at least 1 and at most the number of words that point into
// the block. Without one in all that stays there is no knot; a leaked list or tree of plain
// nodes seldom has one.
//
// Cost: two passes over the unowned plain blocks, 8 bytes for each live block.
#pragma once

#include "scan/objects.h"

namespace gordian::rt {

// Calls visit(address, value) for each aligned four bytes of the block that may count `pointing` words.
template <class Visit>
void for_each_possible_count(const Block& block, std::uint32_t pointing, Visit&& visit) noexcept {
  if (pointing == 0 || block.size > snapshot::kLargestCounting) return;
  const Address end = block.start + block.size;
  for (Address at = (block.start + 3) & ~Address{3}; at + 4 <= end; at += 4) {
    std::uint32_t value;
    __builtin_memcpy(&value, reinterpret_cast<const void*>(at), sizeof value);
    if (value != 0 && value <= pointing) visit(at, value);
  }
}

// Appends to `out` the blocks of the knots, and those that hold one of a knot's blocks: their handles
// count. Blocks that are owned or recorded already are left alone. False when memory ran out.
bool find_knots(const Heap& heap, const Objects& objects, PageArray<std::uint32_t>& out) noexcept;

}  // namespace gordian::rt
