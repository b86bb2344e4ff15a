// command_line.h - from argv to the command that it names.
#pragma once

namespace gordian {

// Runs the command and returns the exit status. --help and --version print and return 0.
// Throws Error for arguments that make no sense.
int run_command_line(int argc, const char* const* argv);

}  // namespace gordian
