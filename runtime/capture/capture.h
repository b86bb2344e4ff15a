// capture.h - the call stack of the running thread, as an id of the depot.
//
// Complete without frame pointers: by the unwind tables (walk.h), which takes some nanoseconds a frame, or, where a
// frame is none that those rules describe, by Boost.Stacktrace, the C++ runtime's unwinder underneath,
// which takes a hundred times as long. Both give the same frames.
//
// Context: runs inside malloc hooks, with the caller inside the runtime (inside.h).
#pragma once

#include <atomic>

#include "machine/hook_frame.h"
#include "tables/stack_depot.h"

namespace gordian::rt {

inline constexpr unsigned kMostFrames = 256;

// The option `unwinder`. `both` gives up tracking where the two do not agree.
enum class Unwinder : std::uint8_t { tables, boost, both };
extern std::atomic<Unwinder> g_unwinder;

// In a forked child: threads of the parent that were capturing are gone.
void note_forked_captures() noexcept;

// How many stacks the unwind tables did not do for, and how many were captured by both.
std::uint64_t captures_by_boost() noexcept;
std::uint64_t captures_compared() noexcept;

// Of what walks remember, in bytes, and of the ids of known stacks.
std::size_t walks_bytes() noexcept;

// Captures at most `depth` frames (1..kMostFrames) of the program's, innermost first, from the caller of the function
// with the frame `hook` on; the runtime's own are left out.
StackId capture_from(HookFrame hook, unsigned depth) noexcept;

// From the caller of the function that this is in. Inlined, so that no walk begins with a frame of ours.
__attribute__((always_inline)) inline StackId capture_stack(unsigned depth) noexcept {
  return capture_from(HookFrame::here(), depth);
}

}  // namespace gordian::rt
