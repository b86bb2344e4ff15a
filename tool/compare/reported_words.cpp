// reported_words.cpp - id, types, numbers.
#include "compare/reported_words.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

std::string sighting_words(const Sighting& sighting) {
  std::string words = std::to_string(sighting.instances) + (sighting.instances == 1 ? " time" : " times");
  words += " in " + (sighting.program.empty() ? "the program" : printable(sighting.program));
  words += " (pid " + std::to_string(sighting.pid) + ")";
  if (sighting.test) words += ", test " + printable(*sighting.test);
  return words + ", " + printable(sighting.file);
}

}  // namespace

std::string finding_words(const ReportedFinding& finding) {
  const bool many = finding.instances > 1;
  std::string words = kind_word(finding.kind) + (" " + printable(finding.id, 40));
  if (!finding.types.empty()) words += " · " + type_words(finding.types);
  if (finding.kind == FindingKind::cycle) {
    const bool range = finding.fewest_objects < finding.most_objects;
    words += " · " + (range ? std::to_string(finding.fewest_objects) + " to " : "") +
             counted(range ? finding.most_objects : finding.cycle_objects, "object");
  }
  if (many) words += " · " + std::to_string(finding.instances) + " times";
  words += " · " + size_words(finding.bytes) + (many ? " in all" : "");
  return words + (finding.evidence == Evidence::likely ? " · likely" : "");
}

std::vector<std::string> seen_by_words(const ReportedFinding& finding, std::size_t most) {
  std::vector<std::string> lines;
  const std::size_t shown = std::min(finding.seen_by.size(), most);
  for (std::size_t i = 0; i < shown; ++i) lines.push_back(sighting_words(finding.seen_by[i]));
  const std::uint64_t more = finding.seen_by.size() - shown + finding.seen_by_omitted;
  if (more != 0) lines.push_back("… and in " + counted(more, "more report"));
  if (finding.suppressed_instances != 0)
    lines.push_back("accepted where they were seen: " + std::to_string(finding.suppressed_instances));
  return lines;
}

std::string cut_words(const ReportedFinding& finding) {
  return finding.cut ? " · cut " + printable(*finding.cut) : "";
}

}  // namespace gordian
