// verdict.cpp - when findings make a run fail.
#include "commands/verdict.h"

#include <algorithm>

namespace gordian {

bool fails(const Finding& finding, FailOn fail_on) {
  if (fail_on == FailOn::none) return false;
  if (finding.kind == FindingKind::cycle) return true;
  return fail_on == FailOn::orphans && finding.evidence == Evidence::proved;
}

bool fails(const Findings& findings, FailOn fail_on) {
  return std::any_of(findings.findings.begin(), findings.findings.end(),
                     [&](const Finding& finding) { return fails(finding, fail_on); });
}

}  // namespace gordian
