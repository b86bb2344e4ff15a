// command_line.cpp - the table of commands, and the parser over it.
#include "commands/command_line.h"

#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "commands/baseline_command.h"
#include "commands/command.h"
#include "commands/diff_command.h"
#include "commands/doctor_command.h"
#include "commands/exit_status.h"
#include "commands/merge_command.h"
#include "commands/parser.h"
#include "commands/report_command.h"
#include "commands/run_command.h"
#include "commands/suppress_command.h"
#include "commands/version.h"

namespace gordian {
namespace {

constexpr std::array kCommands = {
    Command{"run", "Run a program as it is, and say which cycles it leaves behind", declare_run_command},
    Command{"doctor", "Say what a program will give, and how to get more, without running it",
            declare_doctor_command},
    Command{"report", "Say which cycles a snapshot holds, and where to cut them", declare_report_command},
    Command{"diff", "Say what is new, gone, more or fewer between two reports", declare_diff_command},
    Command{"merge", "Sum the reports of many processes and machines", declare_merge_command},
    Command{"suppress", "Accept a finding, and say why", declare_suppress_command},
    Command{"baseline", "Accept the findings that are there, so that only new ones fail",
            declare_baseline_command},
};

constexpr const char* kSummary =
    "Finds C++ objects that only reference cycles keep alive, and says which reference to cut.";

constexpr const char* kCommandsFooter =
    "Exit status: 0 nothing that fails was found, 1 something was, 2 gordian could not tell.\n"
    "'gordian run' ends with the status of the program instead; see gordian run --help.\n"
    "A program linked with the gordian runtime runs 'gordian report' by itself when it ends.";

const CLI::Option* option_with_value(const CLI::App& command, const std::string& name) {
  const auto* const option = command.get_option_no_throw(name);
  return option != nullptr && option->get_items_expected_max() > 0 ? option : nullptr;
}

// CLI11 takes the next word for the value of `--json=`: PROGRAM, or SNAPSHOT.
void require_values(const CLI::App& command, const std::vector<const char*>& words, std::size_t end) {
  for (std::size_t i = 2; i < end; ++i) {
    std::string word = words[i];
    if (word == "--") return;
    const auto* const option = option_with_value(command, word);
    if (option != nullptr && option->get_items_expected_min() > 0) ++i;  // its value follows
    if (word.size() < 2 || word.back() != '=') continue;
    word.pop_back();
    const auto* const empty = option_with_value(command, word);
    if (empty == nullptr) continue;
    const std::string what = empty->get_type_name().empty() ? "VALUE" : empty->get_type_name();
    throw Error(word + "= needs a value: " + word + "=" + what);
  }
}

// For a command that takes another program's: the index of the "--" that the user put in
// front of it, or of its first word. What comes after is not ours to read, "--" included.
std::size_t end_of_options(const CLI::App& command, const std::vector<const char*>& words) {
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--" || word.substr(0, 1) != "-") return i;
    const auto* const option = command.get_option_no_throw(std::string(word));
    if (option != nullptr && option->get_items_expected_min() > 0) ++i;  // its value follows
  }
  return words.size();
}

// The words that CLI11 gets. Throws Error where it would misread one.
//
// CLI11's own handling of "--" in a subcommand hands the rest to the main command. Where
// parsing ends at the first word anyway, it can go.
std::vector<const char*> words_to_parse(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  const auto named = app.get_subcommands(
      [&](const CLI::App* command) { return words.size() > 1 && command->get_name() == words[1]; });
  if (named.empty()) return words;
  const CLI::App& command = *named.front();
  const bool takes_program = command.get_prefix_command();
  const std::size_t end = takes_program ? end_of_options(command, words) : words.size();
  require_values(command, words, end);
  if (!takes_program) return words;
  if (end < words.size() && std::string_view(words[end]) == "--") {
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return words;
}

// Help or the version on standard output, whose reader wants to know when it did not arrive.
int print_and_end(const CLI::App& app, const CLI::Success& request) {
  app.exit(request, std::cout, std::cerr);
  std::cout.flush();
  if (!std::cout) throw Error("cannot write to standard output");
  return kNothingFails;
}

}  // namespace

std::unique_ptr<CLI::App> declared_commands(std::function<int()>& chosen) {
  auto app = std::make_unique<CLI::App>(kSummary, "gordian");
  app->set_version_flag("--version", version_text);
  app->footer(kCommandsFooter);
  app->require_subcommand(0, 1);  // asking for one would hide what is wrong with a misspelt one
  for (const auto& command : kCommands) {
    auto* const subcommand = app->add_subcommand(command.name, command.summary);
    Parser words(*subcommand);
    subcommand->final_callback([&chosen, run = command.declare(words)] { chosen = run; });
  }
  return app;
}

int run_command_line(int argc, const char* const* argv) {
  std::function<int()> chosen;
  const auto app = declared_commands(chosen);
  try {
    const auto words = words_to_parse(*app, argc, argv);
    app->parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::Success& request) {
    return print_and_end(*app, request);
  } catch (const CLI::ParseError& mistake) {
    throw Error(std::string(mistake.what()) + "; see gordian --help or gordian COMMAND --help");
  }
  if (!chosen) throw Error("no command was named; see gordian --help");
  return chosen();
}

}  // namespace gordian
