// finding_table.cpp - how two reports of one finding become one.
#include "compare/finding_table.h"

#include <algorithm>

#include "base/error.h"

namespace gordian {

void add_number(std::uint64_t& sum, std::uint64_t number) {
  if (__builtin_add_overflow(sum, number, &sum)) {
    throw Error("the numbers of the reports add up to more than 64 bits hold; one of them is no real report");
  }
}

void add_finding(ReportedFinding& finding, const ReportedFinding& more) {
  add_number(finding.instances, more.instances);
  add_number(finding.bytes, more.bytes);
  add_number(finding.suppressed_instances, more.suppressed_instances);
  add_number(finding.suppressed_bytes, more.suppressed_bytes);
  finding.fewest_objects = std::min(finding.fewest_objects, more.fewest_objects);
  finding.most_objects = std::max(finding.most_objects, more.most_objects);
  finding.root |= more.root;
  const bool same_state = finding.suppressed_by.has_value() == more.suppressed_by.has_value();
  if (same_state && more.evidence == Evidence::proved) finding.evidence = Evidence::proved;
  if (!same_state && finding.suppressed_by) finding.evidence = more.evidence;
  finding.accepted_by_baseline |= more.accepted_by_baseline;
  if (!more.suppressed_by) {
    finding.suppressed_by.reset();
    finding.suppressed_why.reset();
  }
}

}  // namespace gordian
