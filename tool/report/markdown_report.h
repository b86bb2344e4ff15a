// markdown_report.h - the report for a CI job's summary page.
#pragma once

#include <string>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// A headline, a table with a row for each finding, and below it each as text to unfold; then the notes.
// Shows what the text report shows. "" when nothing was found and `look.quiet_when_clean`.
std::string markdown_report(const Report& report, const Look& look);

}  // namespace gordian
