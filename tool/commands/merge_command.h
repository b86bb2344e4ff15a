// merge_command.h - `gordian merge FILES...`: many reports, one report.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_merge_command(Parser& parser);

}  // namespace gordian
