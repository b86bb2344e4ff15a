// options_page.cpp - see options_page.h.
#include "reference/options_page.h"

#include <algorithm>

#include "commands/runtime_options.h"
#include "reference/wording.h"

namespace gordian {
namespace {

constexpr const char* kHead =
    "# Options\n"
    "\n"
    "<!-- Made of runtime/options.inc and of the commands themselves; `cmake --build build --target "
    "update-options-page` writes it anew. -->\n"
    "\n"
    "What each option is for is in the [README](../README.md); here is all that there is. `gordian COMMAND "
    "--help`\n"
    "and the manual pages (`man gordian-report`, `man gordian-options`) say the same.\n"
    "\n"
    "## The runtime\n"
    "\n"
    "A program that links the runtime reads `GORDIAN_OPTIONS=\"key=value:key=value\"`. A value with a colon "
    "in it is put in\n"
    "quotes. What the program returns from `gordian_default_options()` is read first. In the path of a "
    "report `%p` becomes\n"
    "the process id, and `%n` the number of the check, from 1 in each process. Each option but `help` is an "
    "option of `gordian run`, too, and wins over the "
    "environment there.\n"
    "\n"
    "| Option | Default | Values | Under `gordian run` | Meaning |\n"
    "|---|---|---|---|---|\n";

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + text + "`";
}

// In a cell of a table.
std::string cell(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string run_flag(const RuntimeOption& option) {
  if (std::string(option.name) == "help") return "";
  const std::string flag = option.flag();
  if (option.kind == RuntimeOption::Kind::flag) return code("--" + flag) + ", " + code("--no-" + flag);
  return code("--" + flag);
}

std::string table_of(const DescribedCommand& command) {
  std::string table = "| Option | Default | Meaning |\n|---|---|---|\n";
  for (const auto& word : command.words) {
    table += "| " + code(word.name + (word.several ? "..." : "")) + " | | " + cell(word.help) + " |\n";
  }
  for (const auto& option : command.options) {
    std::string meaning = cell(option.help);
    if (!option.choices.empty()) meaning += " (" + listed(option.choices, "`") + ")";
    table += "| " + code(with_value(option)) + " | " + code(option.standard) + " | " + meaning + " |\n";
  }
  return table;
}

}  // namespace

std::string options_page(const std::vector<DescribedCommand>& commands) {
  std::string page = kHead;
  for (const auto& option : runtime_options()) {
    page += "| " + code(option.name) + " | " + code(option.standard) + " | " + values_of(option, "`") +
            " | " + run_flag(option) + " | " + cell(option.help) + " |\n";
  }
  for (const auto& command : commands) {
    page += command.name.empty() ? "\n## gordian\n\n" : "\n## gordian " + command.name + "\n\n";
    page += cell(command.summary) + (command.name.empty() ? "\n\n" : ".\n\n") + table_of(command);
    page += "\nExit status: " + one_line(command.exit_status) + "\n";
  }
  return page;
}

}  // namespace gordian
