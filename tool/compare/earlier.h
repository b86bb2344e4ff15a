// earlier.h - what the check before found in the same process: is a finding new, are there more of it, and
// what else is there more of?
//
// The runtime keeps the text between two checks and hands it to the tool of the next one. Its first line is
// the runtime's: the check's number, and how many seconds ago it was. Other lines are
//   cycle 51940e82 3              kind, id and instances of a finding
//   orphan 0c2d9a11 1 untold      of one that people are not told about (is_for_people())
//   alive 55d0c3f2 17 1000 2      virtual table and site of living objects, how many, and at how many checks
//   they rose (GrownSite)
#pragma once

#include <string>

#include "analysis/findings.h"
#include "snapshot/snapshot.h"

namespace gordian {

// Notes in `findings` what was there before. Nothing where `text` is empty: then this is the first check.
// Returns what the next one is to be told, without the first line. Throws Error that names `file` where
// `text` is none of these.
std::string compare_with_earlier(Findings& findings, const Snapshot& snapshot, const std::string& text,
                                 const std::string& file);

// Whether people are to be told unasked: a finding is new, or there are more of it; or something else rose at
// three checks. (One that rises and falls is a program at work.)
bool has_grown(const Findings& findings);

}  // namespace gordian
