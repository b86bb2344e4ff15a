// text_finding.h - one finding as text: what it is, the way round, what it keeps, the cut.
#pragma once

#include <string>

#include "report/call_stacks.h"
#include "report/formats.h"
#include "report/paint.h"
#include "report/report.h"

namespace gordian {

struct TextContext {
  const Report& report;
  const Look& look;
  const Paint& paint;
  CallStacks& stacks;
};

// The finding's lines, each ended by a newline.
std::string text_finding(const Finding& finding, const TextContext& context);

}  // namespace gordian
