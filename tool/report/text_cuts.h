// text_cuts.h - what to change, as text.
#pragma once

#include <string>

#include "analysis/findings.h"
#include "report/paint.h"

namespace gordian {

// "Obj::a", the member; the whole path where something else lies behind the member at offsets too, or it has no name.
std::string cut_name(const Cut& cut, const Finding& finding);

// Whether `reference` goes once the finding's first cut is made.
bool is_cut(const Finding& finding, const FoundReference& reference);

// "Obj::a: make it std::weak_ptr<Obj>. It points back to the object allocated first; without it all 3
// are freed.": the first cut, of which there must be one.
std::string first_cut_words(const Finding& finding);

// The first cut with its reason, other possible cuts in a line each; for an orphan,
// what its kind means. Each line ends with a newline.
std::string advice_lines(const Finding& finding, const Paint& paint);

}  // namespace gordian
