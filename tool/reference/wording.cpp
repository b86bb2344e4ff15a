// wording.cpp - see wording.h.
#include "reference/wording.h"

#include <sstream>

namespace gordian {

std::string listed(const std::vector<std::string>& words, const std::string& quote) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + quote + word + quote;
  return list;
}

std::string values_of(const RuntimeOption& option, const std::string& quote) {
  using Kind = RuntimeOption::Kind;
  switch (option.kind) {
    case Kind::number:
      return std::to_string(option.low) + " to " + std::to_string(option.high);
    case Kind::flag:
      return listed({"0", "1"}, quote);
    case Kind::choice:
      return listed(option.all_choices(), quote);
    case Kind::path:
      return "a file to write";
    case Kind::input:
      return "a file to read";
  }
  return "";
}

std::string one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string with_value(const DescribedOption& option) {
  const std::string names = listed(option.names, "");
  switch (option.value) {
    case DescribedOption::Value::none:
      return names;
    case DescribedOption::Value::optional:
      return names + "[=" + option.placeholder + "]";
    default:
      return names + " " + option.placeholder;
  }
}

}  // namespace gordian
