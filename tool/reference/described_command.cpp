// described_command.cpp - see described_command.h.
#include "reference/described_command.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string_view>

#include "base/error.h"
#include "commands/command_line.h"

namespace gordian {
namespace {

using Value = DescribedOption::Value;

constexpr std::string_view kExitStatus = "Exit status: ";

// The list that CLI::IsMember describes as "{a,b}".
std::vector<std::string> choices_of(CLI::Option& option) {
  std::vector<std::string> choices;
  std::string text = option.get_validator(0)->get_description();
  if (text.size() < 2 || text.front() != '{') throw Error(option.get_name() + ": has no choices");
  std::istringstream all(text.substr(1, text.size() - 2));
  for (std::string choice; std::getline(all, choice, ',');) choices.push_back(choice);
  return choices;
}

bool names_a_file(const std::string& placeholder) {
  return placeholder == "PATH" || placeholder == "FILE";
}

DescribedOption described(CLI::Option& option) {
  DescribedOption result;
  for (const auto& name : option.get_snames()) result.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) result.names.push_back("--" + name);
  result.help = option.get_description();
  // CLI11 adds what may be given to the type's name, after a colon.
  const std::string type = option.get_type_name();
  result.placeholder = type.substr(0, type.find(':'));
  result.standard = option.get_default_str();
  if (option.get_items_expected_max() == 0) {
    result.value = result.placeholder.empty() ? Value::none : Value::optional;
  } else if (result.placeholder == "WHAT") {
    result.value = Value::choice;
    result.choices = choices_of(option);
  } else {
    result.value = names_a_file(result.placeholder) ? Value::file : Value::other;
  }
  return result;
}

DescribedWord described_word(CLI::Option& word) {
  constexpr int kOne = 1;
  return {word.get_name(), word.get_items_expected_max() > kOne, word.get_name() != "ID",
          word.get_description()};
}

void take_footer(const CLI::App& app, DescribedCommand& command) {
  const std::string footer = app.get_footer();
  const auto at = footer.find(kExitStatus);
  if (at == std::string::npos) {
    throw Error("gordian " + command.name + ": its footer has no '" + std::string(kExitStatus) + "'");
  }
  // Of gordian itself more follows, in lines of their own.
  command.notes = footer.substr(0, at);
  command.exit_status = footer.substr(at + kExitStatus.size());
}

DescribedCommand described(CLI::App& app, const std::string& name) {
  DescribedCommand command;
  command.name = name;
  command.summary = app.get_description();
  command.takes_program = app.get_prefix_command();
  for (auto* const option : app.get_options()) {
    if (option->get_positional()) {
      command.words.push_back(described_word(*option));
    } else {
      command.options.push_back(described(*option));
    }
  }
  take_footer(app, command);
  return command;
}

}  // namespace

std::vector<DescribedCommand> described_commands() {
  std::function<int()> unused;
  const auto app = declared_commands(unused);
  std::vector<DescribedCommand> commands = {described(*app, "")};
  for (auto* const command : app->get_subcommands([](CLI::App*) { return true; })) {
    commands.push_back(described(*command, command->get_name()));
  }
  return commands;
}

}  // namespace gordian
