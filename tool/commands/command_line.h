// command_line.h - from argv to the command that it names.
#pragma once

#include <functional>
#include <memory>

namespace CLI {
class App;
}

namespace gordian {

// Every command with its words, nothing parsed yet. `chosen` is set, by parsing, to what runs the command
// that was named. What the manual says and what a shell completes is made of this, too.
std::unique_ptr<CLI::App> declared_commands(std::function<int()>& chosen);

// Runs the command and returns the exit status. --help and --version print and return 0.
// Throws Error for arguments that make no sense.
int run_command_line(int argc, const char* const* argv);

}  // namespace gordian
