// verdict.h - when findings make a run fail.
#pragma once

#include <string>

#include "analysis/findings.h"

namespace gordian {

enum class FailOn { cycles, proved, orphans, none };

// Of the words that --fail-on takes.
FailOn fail_on_of(const std::string& word);

// What is accepted fails nothing. Any cycle fails under `cycles` and `orphans`, a proved one under `proved`; an orphan only under `orphans`,
// and only when it can at all (can_fail).
bool fails(FindingKind kind, Evidence evidence, FailOn fail_on);
bool fails(const Finding& finding, FailOn fail_on);

// Any of them does.
bool fails(const Findings& findings, FailOn fail_on);

}  // namespace gordian
