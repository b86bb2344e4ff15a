// reported_words.h - a finding that was read from a report, in one line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compare/merge.h"
#include "report_file/report_reader.h"

namespace gordian {

// "cycle 51940e82 · Obj · 3 objects · 2 times · 384 bytes in all", and " · likely" where nothing is proved.
std::string finding_words(const ReportedFinding& finding);

// Who had it, a line each: "2 times in /t/tests (pid 7), test Parser.Reads, report.json", no more than `most`
// of them, and how many instances were accepted there.
std::vector<std::string> seen_by_words(const ReportedFinding& finding, std::size_t most = kMostSightings);

// " · cut Obj::a: make it std::weak_ptr<Obj>"; empty where there is no proposal.
std::string cut_words(const ReportedFinding& finding);

}  // namespace gordian
