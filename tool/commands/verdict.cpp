// verdict.cpp - when findings make a run fail.
#include "commands/verdict.h"

#include <algorithm>

namespace gordian {

FailOn fail_on_of(const std::string& word) {
  if (word == "none") return FailOn::none;
  if (word == "proved") return FailOn::proved;
  return word == "orphans" ? FailOn::orphans : FailOn::cycles;
}

bool fails(FindingKind kind, Evidence evidence, FailOn fail_on) {
  if (fail_on == FailOn::none || (fail_on == FailOn::proved && evidence != Evidence::proved)) return false;
  return can_fail(kind, evidence) && (kind == FindingKind::cycle || fail_on == FailOn::orphans);
}

bool fails(const Finding& finding, FailOn fail_on) {
  return !finding.accepted && fails(finding.kind, finding.evidence, fail_on);
}

bool fails(const Findings& findings, FailOn fail_on) {
  return std::any_of(findings.findings.begin(), findings.findings.end(),
                     [&](const Finding& finding) { return fails(finding, fail_on); });
}

}  // namespace gordian
