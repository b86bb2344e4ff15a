// earlier.h - what the check before found in the same process: is a finding new, or are there more of it?
//
// The runtime keeps the text between two checks and hands it to the tool of the next one. Its first line is
// the runtime's: the check's number, and how many seconds ago it was. Each other line is a finding: kind, id,
// instances.
#pragma once

#include <string>

#include "analysis/findings.h"

namespace gordian {

// Notes in `findings` what was there before. Nothing where `text` is empty: then this is the first check.
// Throws Error that names `file` where it is no such text.
void compare_with_earlier(Findings& findings, const std::string& text, const std::string& file);

// What the next check is to be told, without the first line.
std::string text_for_next_check(const Findings& findings);

// Whether people are told of a finding that is new, or of more than there were.
bool has_grown(const Findings& findings);

}  // namespace gordian
