// command_of_words.h - gordian's command line in this process.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "commands/command_line.h"

namespace gordian::test {

// The exit status of `gordian ARGUMENTS`. Throws Error as the command does.
inline int gordian_with(const std::vector<std::string>& arguments) {
  std::vector<const char*> words = {"gordian"};
  for (const auto& argument : arguments) words.push_back(argument.c_str());
  return run_command_line(static_cast<int>(words.size()), words.data());
}

// What it says instead; "" when it does not throw.
inline std::string complaint_of(const std::vector<std::string>& arguments) {
  try {
    gordian_with(arguments);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace gordian::test
