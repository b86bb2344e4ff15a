// finding_words.cpp - id, types, numbers.
#include "compare/finding_words.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostTypes = 3;
constexpr std::size_t kLongestType = 80;

std::string type_words(const std::vector<std::string>& types) {
  std::string words;
  const std::size_t shown = std::min(types.size(), kMostTypes);
  for (std::size_t i = 0; i < shown; ++i) words += (i == 0 ? "" : ", ") + printable(types[i], kLongestType);
  if (shown < types.size()) words += " and " + counted(types.size() - shown, "more type");
  return words;
}

}  // namespace

const char* word(FindingKind kind) {
  return kind == FindingKind::cycle ? "cycle" : "orphan";
}
const char* word(Evidence evidence) {
  return evidence == Evidence::proved ? "proved" : "likely";
}

std::string finding_words(const ReportedFinding& finding) {
  const bool many = finding.instances > 1;
  std::string words = word(finding.kind) + (" " + printable(finding.id, 40));
  if (!finding.types.empty()) words += " · " + type_words(finding.types);
  if (finding.kind == FindingKind::cycle) words += " · " + counted(finding.cycle_objects, "object");
  if (many) words += " · " + std::to_string(finding.instances) + " times";
  words += " · " + size_words(finding.bytes) + (many ? " in all" : "");
  return words + (finding.evidence == Evidence::likely ? " · likely" : "");
}

std::string cut_words(const ReportedFinding& finding) {
  return finding.cut ? " · cut " + printable(*finding.cut) : "";
}

}  // namespace gordian
