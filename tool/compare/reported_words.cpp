// reported_words.cpp - id, types, numbers.
#include "compare/reported_words.h"

#include "report/wording.h"

namespace gordian {

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

std::string cut_words(const ReportedFinding& finding) {
  return finding.cut ? " · cut " + printable(*finding.cut) : "";
}

}  // namespace gordian
