// accept.h - which findings are accepted, and by what.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "acceptance/baseline.h"
#include "acceptance/suppressions.h"
#include "analysis/findings.h"
#include "program/frames/frames.h"

namespace gordian {

// The frames of a stack row that belong to the program, innermost first.
using FramesOfStack = std::function<const std::vector<Frame>&(std::uint32_t stack)>;

// Notes at every finding what accepts it, the program itself (which is noted already) before a rule, a rule
// before the baseline, and takes those that are accepted out of the totals. Notes the rules that accepted
// nothing.
//
// Instances of a finding are of one shape, and may come from different places: where rules about functions
// and files are met by some instances and not by all, the finding is not accepted, and a note says so.
void accept(Findings& findings, const Suppressions& suppressions, const Baseline& baseline,
            const std::string& baseline_name, const FramesOfStack& frames_of);

}  // namespace gordian
