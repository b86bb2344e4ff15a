// merge_command.h - `gordian merge FILES...`: many reports, one report.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_merge_command(CLI::App& app);

}  // namespace gordian
