// program_mappings.h - anonymous memory that the program itself got from the kernel, by mmap().
//
// A pool, a stack for a fibre, the heap of a garbage collector: no allocator told of what lies there, and an owner may.
// libc's own mappings (heaps, stacks, libraries) are not among these, for libc does not call mmap() by symbol, and
// neither are the runtime's and those of an allocator that is a library (hooks/mmap.cpp).
//
// Invariant: ranges are disjoint, not adjacent, and by address. Whether they can be read says the kernel's own list.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// What was mapped there before, if anything, is forgotten. Where no memory is left it counts as unseen (tables/live.h).
void note_program_mapping(Address low, Address high) noexcept;
void forget_program_mapping(Address low, Address high) noexcept;
// Whether [low, low + 1) is one.
bool is_program_mapping(Address low) noexcept;

// Around a check and around fork(): nobody changes them meanwhile.
void lock_program_mappings() noexcept;
bool try_lock_program_mappings() noexcept;
void unlock_program_mappings() noexcept;

// By whoever has locked them.
const PageArray<AddressRange>& program_mappings() noexcept;

}  // namespace gordian::rt
