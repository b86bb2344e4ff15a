// valgrind.h - whether Valgrind runs the program with a malloc of its own.
#pragma once

namespace gordian::rt {

// Its tools that watch the heap or threads (memcheck, helgrind, drd, massif, dhat) preload a library each, for a malloc
// of their own. Those that only count (callgrind, cachegrind) leave malloc to us.
bool valgrind_has_malloc() noexcept;

}  // namespace gordian::rt
