// run_options.cpp - see run_options.h.
#include "commands/run_options.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include "base/error.h"
#include "commands/parser.h"
#include "commands/runtime_options.h"

namespace gordian {
namespace {

using Row = RuntimeOption;
using Kind = Row::Kind;

constexpr std::size_t kLongestPath = 4096;  // the runtime has room for no more

// The runtime's own idea of a number: no sign, no hexadecimal.
std::string why_no_number(const std::string& text, const Row& row) {
  const bool digits =
      !text.empty() && text.size() <= 6 && text.find_first_not_of("0123456789") == std::string::npos;
  if (digits && std::stoi(text) >= row.low && std::stoi(text) <= row.high) return "";
  return "'" + text + "' is no whole number from " + std::to_string(row.low) + " to " +
         std::to_string(row.high);
}

std::string absolute(const std::string& option, const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) throw Error("--" + option + " " + path + ": " + error.message() + "; give the whole path");
  return absolute.string();
}

// The name in a path's place that all processes would write to.
bool is_one_for_all(const std::string& path) {
  return path.find("%p") == std::string::npos && path.rfind("/dev/", 0) != 0;
}

// `value` in quotes when the runtime would stop at a colon in it.
std::string quoted(const std::string& option, const std::string& value) {
  if (value.find(':') == std::string::npos) return value;
  for (const char* quote : {"'", "\""}) {
    if (value.find(quote) == std::string::npos) return quote + value + quote;
  }
  throw Error("--" + option + " " + value +
              ": a path with a colon and both kinds of quotes cannot be passed on; choose another");
}

}  // namespace

struct RunOptions::Given {
  const Row& row;
  std::string flag;  // without --
  std::string text;  // of a flag: unused
  bool on = false;   // of a flag
  std::optional<Parser::Declared> option{};

  void declare(Parser& parser);
  std::string value(bool several_processes) const;
};

void RunOptions::Given::declare(Parser& parser) {
  const std::string name = "--" + flag;
  if (row.kind == Kind::flag) {
    option = parser.switch_of(flag, on, row.help);
  } else if (row.kind == Kind::choice) {
    option = parser.choice(name, text, row.all_choices(), row.help);
  } else if (row.kind == Kind::number) {
    option = parser.value(name, text, "N", row.help,
                          [this](const std::string& given) { return why_no_number(given, row); });
  } else {
    option = parser.value(name, text, "PATH", row.help);
  }
}

std::string RunOptions::Given::value(bool several_processes) const {
  if (row.kind == Kind::flag) return on ? "1" : "0";
  if (row.kind != Kind::path && row.kind != Kind::input) return text;
  const bool report = row.kind == Kind::path;
  const std::string shown = "--" + flag + " " + text;
  if (text.empty() || (report && text == "-")) throw Error(shown + ": name a file");
  const std::string path = absolute(flag, text);
  if (path.size() >= kLongestPath) throw Error(shown + ": the path is too long");
  if (report && several_processes && is_one_for_all(path)) {
    throw Error(shown +
                ": with --follow every process would write this file; put %p, its pid, into the name");
  }
  return quoted(flag, path);
}

RunOptions::RunOptions(Parser& parser) {
  for (const Row& row : runtime_options()) {
    if (std::string(row.name) == "help") continue;  // --help tells more
    auto given = std::make_unique<Given>(Given{row, row.flag(), row.standard});
    given->declare(parser);
    options_.push_back(std::move(given));
  }
}

RunOptions::~RunOptions() = default;

std::string RunOptions::for_runtime(bool several_processes) const {
  std::string list;
  for (const auto& given : options_) {
    if (!given->option->given()) continue;
    list += (list.empty() ? "" : ":") + std::string(given->row.name) + "=" + given->value(several_processes);
  }
  return list;
}

std::vector<std::string> RunOptions::words() const {
  std::vector<std::string> words;
  for (const auto& given : options_) {
    if (!given->option->given()) continue;
    if (given->row.kind == Kind::flag) {
      words.push_back((given->on ? "--" : "--no-") + given->flag);
    } else {
      words.push_back("--" + given->flag + "=" + given->text);
    }
  }
  return words;
}

}  // namespace gordian
