// merge_formats.h - a merged report for machines and for people.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "compare/merge.h"
#include "report/paint.h"

namespace gordian {

// A JSON report (report.schema.json, version 1) of the same look as those it was merged from.
std::string merged_json(const MergedReport& report);

// One finding of it.
nlohmann::ordered_json merged_finding_json(const MergedFinding& finding);

// A headline, a line for each finding that is not suppressed, and who has seen it most early.
std::string merged_text(const MergedReport& report, const Paint& paint);

}  // namespace gordian
