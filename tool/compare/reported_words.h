// reported_words.h - a finding that was read from a report, in one line.
#pragma once

#include <string>

#include "report_file/report_reader.h"

namespace gordian {

// "cycle 51940e82 · Obj · 3 objects · 2 times · 384 bytes in all", and " · likely" where nothing is proved.
std::string finding_words(const ReportedFinding& finding);

// " · cut Obj::a: make it std::weak_ptr<Obj>"; empty where there is no proposal.
std::string cut_words(const ReportedFinding& finding);

}  // namespace gordian
