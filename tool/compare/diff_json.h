// diff_json.h - what changed, for machines: diff.schema.json, version 1.
#pragma once

#include <string>

#include "compare/diff.h"

namespace gordian {

// Two spaces per level, ends with a newline. `fail_on` says of which changes the JSON says that they fail.
std::string diff_json(const ComparedRun& before, const ComparedRun& after, const Diff& diff,
                      DiffFailOn fail_on);

}  // namespace gordian
