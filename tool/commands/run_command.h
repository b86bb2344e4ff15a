// run_command.h - `gordian run [options] -- PROGRAM [ARGS]`: checks a program that was not built with
// gordian.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_run_command(Parser& parser);

}  // namespace gordian
