// walk.h - the return addresses on a stack, by frame rules: complete without frame pointers, in about five
// nanoseconds a frame.
//
// Gives what the C++ runtime's unwinder gives, or nothing: where a rule is unusual (a signal frame, the loader's
// trampolines, code without unwind tables) the whole walk is left to that one.
//
// Context: runs inside malloc hooks, on the stack that it walks.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// A frame, as it is after its call has returned.
struct FrameState {
  Address return_address;
  Address sp;
  Address rbp;
};

// Writes at most `most` return addresses to `out`, that of `innermost` first but without this library's own, and
// returns how many; 0 where a frame is unusual.
unsigned walk_stack(const FrameState& innermost, std::uint64_t* out, unsigned most) noexcept;

}  // namespace gordian::rt
