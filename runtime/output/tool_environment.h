// tool_environment.h - a copy of the program's environment, for the tool.
//
// Any thread may change the environment at any time. So it is copied while all others are paused, and under the guard that
// survives what cannot be read.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Keeps what LD_LIBRARY_PATH is at the start, by which the program's loader goes. What the program sets later is for others; one that
// it removes was for itself alone.
void note_library_path(char** environment) noexcept;

// NUL-terminated entries, one behind the other, without what is meant for the runtime or for a loader, but for the library path
// that was noted. False when memory ran out.
bool copy_environment(PageArray<char>& out) noexcept;

// The value of that variable ("PATH=") in the copy; null where it has none.
const char* find_in_environment(const PageArray<char>& environment, const char* name) noexcept;

}  // namespace gordian::rt
