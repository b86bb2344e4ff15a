// caller_frame.h - where the program's own stack ends and ours (or exit's) begins.
//
// When a check runs, the stack below the program's last frame holds exit handlers, the
// loader and us, and the stale words they lie over. Only from the frame that called
// exit, quick_exit or gordian_check upwards can a word still be the program's.
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "machine/dwarf.h"
#include "snapshot_format.h"

namespace gordian::rt {

inline constexpr unsigned kCalleeSaved = sizeof kCalleeSavedNumbers / sizeof kCalleeSavedNumbers[0];

struct CallerFrame {
  Address sp = 0;  // of the caller, just after the call
  std::uint64_t registers[kCalleeSaved] = {};  // as the caller has them
  bool found = false;  // false: sp is our own, everything above it counts
};

// Looks up libc's exit(); must run before the program can make other threads.
void find_exit_function() noexcept;

// The frame that called exit(), quick_exit() or the runtime's API.
CallerFrame find_caller_frame() noexcept;

// Whether this thread is in a call of an exported function whose name begins so, as far as its stack can be walked.
bool is_called_by(const char* name) noexcept;

// That of main(), which libc called; in another thread that of its function. Not found in a thread that libc did not start.
CallerFrame find_outermost_frame() noexcept;

// Every call that this thread is in, innermost first.
void list_calls(PageArray<snapshot::CallRow>& calls) noexcept;

}  // namespace gordian::rt
