// why_report.h - who holds an object, for people.
#pragma once

#include <string>

#include "analysis/why.h"
#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// Each object with its holders and the ways to them, and then the cycles that are named there. Of a report
// of the same snapshot.
std::string why_report(const Answer& answer, const Question& question, const Report& report,
                       const Look& look);

}  // namespace gordian
