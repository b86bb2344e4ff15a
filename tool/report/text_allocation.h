// text_allocation.h - where an object was allocated, in a few lines.
//
// Objects of one finding often come from one place. What an earlier object's lines
// already say (the source line, the callers) is not said again. Callers of an object that is
// not the one before are referred to by its number, in a text where objects have numbers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "report/text_finding.h"

namespace gordian {

enum class Numbered { yes, no };

class AllocationLines {
 public:
  AllocationLines(const TextContext& context, Numbered objects) : context_(context), objects_(objects) {}

  // The lines for `object`, the next one of the finding.
  std::vector<std::string> next(const FoundObject& object);

 private:
  void add_source_line(const Frame& frame, std::vector<std::string>& lines);
  void add_callers(const FoundObject& object, const std::vector<Frame>& frames,
                   std::vector<std::string>& lines);
  std::string why_no_stack(const FoundObject& object) const;

  const TextContext& context_;
  Numbered objects_;
  std::set<std::string> shown_places_;
  std::map<std::vector<std::string>, std::uint32_t> shown_callers_;  // and the object they were shown for
  std::uint32_t last_callers_of_ = 0;  // the object before, or whose callers it shares
};

}  // namespace gordian
