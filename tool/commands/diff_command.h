// diff_command.h - `gordian diff OLD NEW`: what changed between two reports.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_diff_command(Parser& parser);

}  // namespace gordian
