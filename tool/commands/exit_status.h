// exit_status.h - what the tool's exit status says. The runtime and CI scripts read it.
#pragma once

namespace gordian {

inline constexpr int kNothingFails = 0;
inline constexpr int kSomethingFails = 1;
inline constexpr int kCouldNotTell = 2;

}  // namespace gordian
