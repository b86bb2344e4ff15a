// diff_text.h - what changed, for people: a headline, and a line for each finding that did.
#pragma once

#include <string>

#include "compare/diff.h"
#include "report/paint.h"

namespace gordian {

std::string diff_text(const ComparedRun& before, const ComparedRun& after, const Diff& diff,
                      const Paint& paint);

}  // namespace gordian
