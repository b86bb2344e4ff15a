// diff_command.h - `gordian diff OLD NEW`: what changed between two reports.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_diff_command(CLI::App& app);

}  // namespace gordian
