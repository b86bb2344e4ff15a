// exit.h - the check at the program's end, and the status it ends with.
#pragma once

namespace gordian::rt {

// Checks (check_at_exit=1), reports, and returns the status the process shall end with:
// its own when that is not 0.
int status_after_check(int status) noexcept;

// Whether the calling thread is to check. Another one that calls exit() meanwhile would find no handler left, and end the process
// in the middle: so the handler that asks, of which there are several from the start, is registered again, and who comes second
// to one waits here for the end. False for the first thread when it comes again, and in a process that has borrowed its memory
// (start/fork.h).
bool is_first_to_end(void (*register_again)()) noexcept;

// Registered with at_quick_exit(), whose handlers are not told the status.
void at_quick_exit_check() noexcept;

}  // namespace gordian::rt
