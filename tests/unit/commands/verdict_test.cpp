// verdict_test.cpp - what fails under which --fail-on.
#include "commands/verdict.h"

#include "catch.h"

using namespace gordian;

namespace {

Findings one(FindingKind kind, Evidence evidence) {
  Finding finding;
  finding.kind = kind;
  finding.evidence = evidence;
  Findings findings;
  findings.findings = {finding};
  return findings;
}

}  // namespace

TEST_CASE("a cycle fails unless nothing shall") {
  for (const auto evidence : {Evidence::proved, Evidence::likely}) {
    const auto cycle = one(FindingKind::cycle, evidence);
    CHECK(fails(cycle, FailOn::cycles));
    CHECK(fails(cycle, FailOn::orphans));
    CHECK_FALSE(fails(cycle, FailOn::none));
  }
}

TEST_CASE("an orphan fails only when it is proved and orphans shall") {
  const auto proved = one(FindingKind::orphan, Evidence::proved);
  CHECK_FALSE(fails(proved, FailOn::cycles));
  CHECK(fails(proved, FailOn::orphans));
  CHECK_FALSE(fails(proved, FailOn::none));
  CHECK_FALSE(fails(one(FindingKind::orphan, Evidence::likely), FailOn::orphans));
}

TEST_CASE("no finding never fails") {
  CHECK_FALSE(fails(Findings{}, FailOn::cycles));
  CHECK_FALSE(fails(Findings{}, FailOn::orphans));
}
