// report_command.h - `gordian report SNAPSHOT`: read, name, judge, tell.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_report_command(CLI::App& app);

}  // namespace gordian
