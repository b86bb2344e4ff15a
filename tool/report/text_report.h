// text_report.h - the report for people, narrated like a compiler's diagnostic.
#pragma once

#include <string>
#include <vector>

#include "report/formats.h"
#include "report/paint.h"
#include "report/report.h"

namespace gordian {

// "1 cycle keeps 3 objects (192 bytes) alive in ./article (pid 4711)".
std::string headline(const Report& report, const Look& look);

// A headline and two lines for each accepted finding; "" when there are none.
std::string accepted_section(const Findings& findings);

// What there is more of than at the check before, owned or not; "" when nothing was counted or rose.
std::string grown_section(const Report& report, const Look& look, const Paint& paint);

// What only the report's notes say of orphans, then the notes; names in them are fit for a terminal.
std::vector<std::string> notes_for_people(const Report& report);

// A headline, one part per finding with the way round its cycle and the cut, and notes.
// Without a cycle or a proved orphan it is one line and the notes, or empty when
// `look.quiet_when_clean`. In the width of the terminal that it goes to. Orphans that are only likely are
// counted in a note.
std::string text_report(const Report& report, const Look& look);

// For the message of a test that fails: what it has left, and the first of the findings that fail. Empty when
// none does.
std::string brief_report(const Report& report, const Look& look);

}  // namespace gordian
