// suppress_command.h - `gordian suppress ID --why REASON`: accepts a finding.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_suppress_command(CLI::App& app);

}  // namespace gordian
