// baseline_command.h - `gordian baseline FILE REPORTS...`: accepts the findings that are there.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_baseline_command(CLI::App& app);

}  // namespace gordian
