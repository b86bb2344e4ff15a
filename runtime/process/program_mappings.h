// program_mappings.h - anonymous memory that the program itself got from the kernel, by mmap().
//
// A pool, a stack for a fibre, the heap of a garbage collector: no allocator told of what lies there, and an owner may.
// libc's own mappings (heaps, stacks, libraries) are not among these, for libc does not call mmap() by symbol, and
// neither are the runtime's and those of an allocator that is a library (hooks/mmap.cpp).
//
// Invariant: ranges are disjoint and by address; neighbours that both stay are one, unless
// memory ran out. What is noted is never less than what
// is mapped and in use: a check may look at any moment. Whether a range can be read says the kernel's own list.
//
// Context: any of the program's calls, also in a signal handler that has interrupted the runtime. Where that one has the
// lock (who steps through itself, or answers SIGSYS, runs handlers there), or a fork() keeps it for long, nothing is noted, and
// all is in doubt.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// A call of the program's that unmaps or moves memory, while it is under way; none: it takes nothing that is noted.
enum class Leave : std::uint64_t { none = 0 };

struct ProgramMapping {
  Address low;  // [low, high)
  Address high;
  Leave leave;  // the call that takes it away
};

// What was mapped there before, if anything, is forgotten. Where no memory is left it counts as unseen (tables/live.h).
void note_program_mapping(Address low, Address high) noexcept;
void forget_program_mapping(Address low, Address high) noexcept;
// One may lie where nobody has told of it: from now on all is in doubt.
void doubt_program_mappings() noexcept;

// Around a call that takes [low, high) away: it may fail, and until it has come back what lies there stays noted. By then
// another thread may have mapped something at that place. What it notes is its own, and not forgotten.
Leave begin_unmapping(Address low, Address high) noexcept;
void end_unmapping(Leave leave, Address low, Address high, bool unmapped) noexcept;

// Around one that moves it, to where nobody knows before it has come back: meanwhile all is in doubt. `moved` is
// where it lies then, empty where the call has failed; `stays`: the old place is still mapped.
Leave begin_moving(Address low, Address high) noexcept;
void end_moving(Leave leave, AddressRange from, AddressRange moved, bool stays) noexcept;

// Around a check: nobody changes them meanwhile. Waits for calls that move memory, as far as they end soon.
void lock_program_mappings() noexcept;
// Around fork(). The thread that has them so may change them itself.
bool try_lock_program_mappings() noexcept;
void unlock_program_mappings() noexcept;
// In a child that nobody was told of: a thread of the parent's may have been changing them.
void free_program_mappings() noexcept;

// By whoever has locked them.
const PageArray<ProgramMapping>& program_mappings() noexcept;
// Whether there may be a mapping of the program's that is not among them.
bool are_mappings_in_doubt() noexcept;

}  // namespace gordian::rt
