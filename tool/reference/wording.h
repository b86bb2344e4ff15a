// wording.h - words that more than one of the pages are made of.
#pragma once

#include <string>
#include <vector>

#include "commands/runtime_options.h"
#include "reference/described_command.h"

namespace gordian {

// "a, b, c", each between two `quote`.
std::string listed(const std::vector<std::string>& words, const std::string& quote);

// What the option can be: "1 to 256", "0, 1", "a, b, c", "a file to write"; each value between two `quote`.
std::string values_of(const RuntimeOption& option, const std::string& quote);

// Lines joined to one, without spaces at its ends.
std::string one_line(const std::string& text);

// "-o, --json PATH", "--follow[=GLOB]", "--abort, --no-abort".
std::string with_value(const DescribedOption& option);

}  // namespace gordian
