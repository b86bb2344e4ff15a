// text_cuts.h - what to change, as text.
#pragma once

#include <string>

#include "analysis/findings.h"
#include "report/paint.h"

namespace gordian {

// Whether `reference` goes once the finding's first cut is made.
bool is_cut(const Finding& finding, const FoundReference& reference);

// The first cut with its reason, other possible cuts in a line each; for an orphan,
// what its kind means. Each line ends with a newline.
std::string advice_lines(const Finding& finding, const Paint& paint);

}  // namespace gordian
