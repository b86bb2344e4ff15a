// baseline_command.h - `gordian baseline FILE REPORTS...`: accepts the findings that are there.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_baseline_command(Parser& parser);

}  // namespace gordian
