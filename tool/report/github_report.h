// github_report.h - findings as annotations of a GitHub workflow.
#pragma once

#include <string>
#include <string_view>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// A workflow command in a line for each finding that people are told about: ::error for one that
// makes the run fail, else ::warning, at the declaration of the member to cut. GitHub shows
// ten of each for a step, so what is beyond ten is counted in a line of its own. "" when
// there is nothing to tell.
std::string github_report(const Report& report, const Look& look);

// `text` as the message of a workflow command, or as the value of one of its properties.
std::string github_message(std::string_view text);
std::string github_property(std::string_view text);

}  // namespace gordian
