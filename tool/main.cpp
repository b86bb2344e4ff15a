// main.cpp - the tool: run the command that was named; say what went wrong; end with the right status.
//
// gordian::Error is what the user can do something about, and is caught here only.
// Any other exception is a bug of ours: it is not caught, so that the stack it came
// from can be told.
#include <spdlog/spdlog.h>

#include "base/error.h"
#include "commands/bug_report.h"
#include "commands/command_line.h"
#include "commands/diagnostics.h"
#include "commands/exit_status.h"

int main(int argc, char** argv) {
  gordian::report_bugs_with_a_stack();
  gordian::start_diagnostics();
  try {
    return gordian::run_command_line(argc, argv);
  } catch (const gordian::Error& error) {
    spdlog::error("{}", error.what());
    return gordian::kCouldNotTell;
  }
}
