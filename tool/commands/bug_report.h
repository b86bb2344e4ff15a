// bug_report.h - what happens when an exception of a kind that we did not foresee is thrown.
#pragma once

namespace gordian {

// From now on such an exception ends the tool with kCouldNotTell and, on standard error,
// its message and the call stack of where it was thrown. That is why main() must not
// catch it: once it is caught, the stack is gone.
void report_bugs_with_a_stack();

}  // namespace gordian
