// exit.h - the check at the program's end, and the status it ends with.
#pragma once

namespace gordian::rt {

// Checks (check_at_exit=1), reports, and returns the status the process shall end with:
// its own when that is not 0.
int status_after_check(int status) noexcept;

// Registered with at_quick_exit(), whose handlers are not told the status.
void at_quick_exit_check() noexcept;

}  // namespace gordian::rt
