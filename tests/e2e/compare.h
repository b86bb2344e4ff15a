// compare.h - one run of a test program against what its source expects.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "expectations.h"
#include "process.h"

namespace gordian::e2e {

// What debug info the program was built with: without it there are neither members nor lines.
enum class DebugInfo { full, none };

// Each difference as a sentence; none when all is as expected. `report` is the JSON
// report of the run, null when it wrote none.
std::vector<std::string> differences(const Expectations& expected, const Outcome& outcome,
                                     const nlohmann::json& report, DebugInfo debug_info);

}  // namespace gordian::e2e
