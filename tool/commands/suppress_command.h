// suppress_command.h - `gordian suppress ID --why REASON`: accepts a finding.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_suppress_command(Parser& parser);

}  // namespace gordian
