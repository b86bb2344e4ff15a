// walk.h - the return addresses on a stack, by frame rules: complete without frame pointers.
//
// Gives what the C++ runtime's unwinder gives, or nothing: where a rule is unusual (a signal frame, code whose
// frames are found by other registers) the whole walk is left to that one.
//
// A frame costs about five nanoseconds, most of it waiting for one load after the other. But a thread that captures
// again has left most of its stack alone. So its last walk is remembered, as a chain of facts that stay true while the
// code is mapped:
//
//   a frame whose call ends at `return_address`, which lies at `slot`, has its caller's return address at
//   the next frame's slot (given the value of fp, where the rule asks for it)
//
// A walk goes outwards by rules until it is at a frame that is in the chain; from there it only compares each slot
// with what was there: loads that wait for nothing. That is exact. Where one differs, rules go on.
//
// Facts are true whoever has found them, so a memory may be another thread's next; but one walk at a time.
//
// Context: runs inside malloc hooks, on the stack that it walks.
#pragma once

#include "base/memory.h"
#include "capture/frame_state.h"
#include "tables/stack_depot.h"

namespace gordian::rt {

// What is remembered of the last walk; all zeros at first.
struct WalkMemory {
  static constexpr unsigned kFrames = 64;

  // By the frames [kFrames - count, kFrames), innermost first.
  std::uint64_t return_addresses[kFrames];
  FramePlaces<kFrames> places;
  Address fp[kFrames];     // the value of fp that the rule asks for; 0: none, 1: it asks for more than that
  Address saved[kFrames];  // where the frame has its caller's fp; 0: in fp still, or where it was
  std::uint64_t hashes[kFrames];  // of this frame and all that were known behind it, and of the epoch
  StackId ids[kFrames];           // of the stack that begins with this frame; none: not asked for yet
  bool asks[kFrames];             // this frame's rule or one behind it asks for fp
  std::uint64_t epoch;  // of g_code_epoch (rule_cache.h)
  unsigned count;
  bool whole;  // by its description the last one has no caller
};

// Frames of this library that may lie in front of the program's.
inline constexpr unsigned kOwnFrames = 10;
// More frames than that are walked without memory.
inline constexpr unsigned kMostRemembered = WalkMemory::kFrames - kOwnFrames;

struct WalkedStack {
  StackFrames frames;  // in the memory, until the next walk; none where a frame is unusual
  std::uint64_t hash;  // equal ones tell equal frames
  StackId* id;         // in the memory: its id, once somebody has put it there
};

// At most `most` (1..kMostRemembered; in one epoch always the same) return addresses, that of `innermost` first but
// without this library's own.
WalkedStack walk_stack(const FrameState& innermost, WalkMemory& memory, unsigned most) noexcept;

// Likewise, without memory; writes them to `out` and returns how many.
unsigned walk_stack(const FrameState& innermost, std::uint64_t* out, unsigned most) noexcept;

}  // namespace gordian::rt
