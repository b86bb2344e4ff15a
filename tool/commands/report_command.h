// report_command.h - `gordian report SNAPSHOT`: read, name, judge, tell.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_report_command(Parser& parser);

}  // namespace gordian
