// restored_finding.h - a finding of a JSON report as the formats take it.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "analysis/findings.h"
#include "program/frames/frames.h"

namespace gordian {

// Keeps a stack, and returns its row.
using StackKeeper = std::function<std::uint32_t(std::vector<Frame>&& frames)>;

// What `json` says, which has the schema's shape (report_reader.h has checked that). What a report does not
// say stays unsaid: how much several instances retain together (Finding::objects_held) is kNotCounted. Throws
// Error where the example cannot be drawn: no object is its own, two have one id, a reference leads to
// none of them, or there are more than a thousand.
Finding restored_finding(const nlohmann::ordered_json& json, const StackKeeper& keep_stack);

}  // namespace gordian
