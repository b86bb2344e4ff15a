// run_command.h - `gordian run [options] -- PROGRAM [ARGS]`: checks a program that was not built with
// gordian.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace gordian {

std::function<int()> declare_run_command(CLI::App& app);

}  // namespace gordian
