// capture.h - the call stack of the running thread, as an id of the depot.
//
// The one place that unwinds. It is Boost.Stacktrace's portable capture (the C++
// runtime's unwinder underneath): complete without frame pointers, but slow.
//
// Context: runs inside malloc hooks, with the caller inside the runtime (inside.h).
#pragma once

#include "tables/stack_depot.h"

namespace gordian::rt {

inline constexpr unsigned kMostFrames = 256;

// Captures at most `depth` frames (1..kMostFrames) of the program's, innermost first;
// the runtime's own are left out.
StackId capture_stack(unsigned depth) noexcept;

}  // namespace gordian::rt
