// text_report.h - the report for people, narrated like a compiler's diagnostic.
#pragma once

#include <string>

#include "report/formats.h"
#include "report/report.h"

namespace gordian {

// A headline, one part per finding with the way round its cycle and the cut, and notes.
// Without a cycle or a proved orphan it is one line and the notes, or empty when
// `look.quiet_when_clean`. Orphans that are only likely are counted in a note.
std::string text_report(const Report& report, const Look& look);

}  // namespace gordian
