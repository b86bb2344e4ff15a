// command_line.cpp - the table of commands, and the parser over it.
#include "commands/command_line.h"

#include <CLI/CLI.hpp>
#include <array>
#include <iostream>

#include "base/error.h"
#include "commands/command.h"
#include "commands/exit_status.h"
#include "commands/report_command.h"

namespace gordian {
namespace {

constexpr std::array kCommands = {
    Command{"report", "Say which cycles a snapshot holds, and where to cut them", declare_report_command},
};

constexpr const char* kSummary =
    "Finds C++ objects that only reference cycles keep alive, and says which reference to cut.";

constexpr const char* kFooter =
    "Exit status: 0 nothing that fails was found, 1 something was, 2 gordian could not tell.\n"
    "A program linked with the gordian runtime runs 'gordian report' by itself when it ends.";

// Help or the version on standard output, whose reader wants to know when it did not arrive.
int print_and_end(const CLI::App& app, const CLI::Success& request) {
  app.exit(request, std::cout, std::cerr);
  std::cout.flush();
  if (!std::cout) throw Error("cannot write to standard output");
  return kNothingFails;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app(kSummary, "gordian");
  app.set_version_flag("--version", "gordian " GORDIAN_VERSION);
  app.footer(kFooter);
  app.require_subcommand(0, 1);  // asking for one would hide what is wrong with a misspelt one
  std::function<int()> chosen;
  for (const auto& command : kCommands) {
    auto* const parser = app.add_subcommand(command.name, command.summary);
    parser->final_callback([&chosen, run = command.declare(*parser)] { chosen = run; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& request) {
    return print_and_end(app, request);
  } catch (const CLI::ParseError& mistake) {
    throw Error(std::string(mistake.what()) + "; see gordian --help or gordian COMMAND --help");
  }
  if (!chosen) throw Error("no command was named; see gordian --help");
  return chosen();
}

}  // namespace gordian
