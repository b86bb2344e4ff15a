// zsh_completion.cpp - see completion.h.
//
// One call of zsh's _arguments for each command; it knows of "--json=a", of "--json a" and of descriptions by
// itself.
#include "reference/completion.h"
#include "reference/wording.h"

namespace gordian {
namespace {

using Value = DescribedOption::Value;

// In a description of _arguments, within single quotes of the shell.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char c : one_line(text)) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') safe += '\\';
    safe += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return safe;
}

// What _arguments wants to know of a value: ":message:action".
std::string value_of(const DescribedOption& option) {
  const std::string message = ":" + option.placeholder + ":";
  switch (option.value) {
    case Value::none:
      return "";
    case Value::optional:
      return ":" + message;
    case Value::file:
      return message + "_files";
    case Value::other:
      return message;
    case Value::choice:
      break;
  }
  std::string choices;
  for (const auto& choice : option.choices) choices += (choices.empty() ? "" : " ") + choice;
  return message + "(" + choices + ")";
}

// "--json=" may have its value behind it or in the next word; "--follow=-" only behind it.
std::string spelled(const DescribedOption& option, const std::string& name) {
  if (name.rfind("--", 0) != 0 || option.value == Value::none) return name;
  return name + (option.value == Value::optional ? "=-" : "=");
}

std::string options_of(const DescribedCommand& command) {
  std::string text;
  for (const auto& option : command.options) {
    for (const auto& name : option.names) {
      text +=
          " \\\n        '" + spelled(option, name) + "[" + quoted(option.help) + "]" + value_of(option) + "'";
    }
  }
  return text;
}

std::string words_of(const DescribedCommand& command) {
  if (command.takes_program)
    return " \\\n        '(-)1:PROGRAM:{_command_names -e}' \\\n        '*::arguments:_normal'";
  std::string text;
  for (const auto& word : command.words) {
    text += std::string(" \\\n        '") + (word.several ? "*" : "") + ":" + word.name + ":" +
            (word.file ? "_files" : "") + "'";
  }
  return text;
}

std::string case_of(const DescribedCommand& command) {
  return "    " + command.name + ")\n      _arguments -S" + options_of(command) + words_of(command) +
         "\n      ;;\n";
}

}  // namespace

std::string zsh_completion(const std::vector<DescribedCommand>& commands) {
  std::string names;
  std::string cases;
  for (const auto& command : commands) {
    if (command.name.empty()) continue;
    names += "    '" + command.name + ":" + quoted(command.summary) + "'\n";
    cases += case_of(command);
  }
  return "#compdef gordian\n"
         "# zsh completion for gordian; made of its own command line.\n"
         "\n"
         "_gordian() {\n"
         "  local -a subcommands\n"
         "  local curcontext=$curcontext state line\n"
         "  subcommands=(\n" +
         names +
         "  )\n"
         "  _arguments -C" +
         options_of(commands.front()) +
         " \\\n        '1: :->command' \\\n        '*:: :->words'\n"
         "  case $state in\n"
         "    command) _describe command subcommands; return ;;\n"
         "    words) ;;\n"
         "    *) return ;;\n"
         "  esac\n"
         "  curcontext=${curcontext%:*:*}:gordian-$line[1]:\n"
         "  case $line[1] in\n" +
         cases +
         "  esac\n"
         "}\n"
         "\n"
         "_gordian \"$@\"\n";
}

}  // namespace gordian
