// earlier_test.cpp - compare/earlier.h: what a check tells the next one, and what that makes of it.
#include "compare/earlier.h"

#include "base/error.h"
#include "catch.h"
#include "report/finding_words.h"

using namespace gordian;

namespace {

Findings findings_of(std::initializer_list<std::pair<const char*, std::uint64_t>> cycles) {
  Findings findings;
  for (const auto& [id, instances] : cycles) {
    Finding finding;
    finding.id = id;
    finding.instances = instances;
    findings.findings.push_back(finding);
  }
  return findings;
}

// `now` after a check numbered 4, 60 seconds ago, that has found `before`.
Findings compared(const Findings& before, Findings now) {
  Findings then = before;
  compare_with_earlier(now, {}, "4 60\n" + compare_with_earlier(then, {}, "", "earlier"), "earlier");
  return now;
}

std::string complaint(const std::string& text) {
  Findings findings;
  try {
    compare_with_earlier(findings, {}, text, "earlier");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a finding is compared with that of its id at the check before") {
  const Findings now = compared(findings_of({{"aa", 1}, {"bb", 5}, {"cc", 2}, {"dd", 2}}),
                                findings_of({{"aa", 3}, {"bb", 4}, {"cc", 2}, {"ee", 1}}));
  REQUIRE(now.earlier);
  CHECK(now.earlier->gone == 1);
  CHECK(growth_words(now) == "since check 4, 60 s before: 1 new, 1 more, 1 fewer, 1 unchanged, 1 gone");
  CHECK(growth_words(now.findings[0], now.earlier) == "2 more than at check 4 (1 -> 3)");
  CHECK(growth_words(now.findings[1], now.earlier) == "1 fewer than at check 4 (5 -> 4)");
  CHECK(growth_words(now.findings[2], now.earlier) == "as often as at check 4");
  CHECK(growth_words(now.findings[3], now.earlier) == "new since check 4");
}

TEST_CASE("an orphan is not the cycle of the same id") {
  Findings before = findings_of({{"aa", 1}});
  before.findings[0].kind = FindingKind::orphan;
  const Findings now = compared(before, findings_of({{"aa", 1}}));
  CHECK(now.findings[0].instances_before == 0u);
  CHECK(now.earlier->gone == 1);
}

TEST_CASE("gone is only what people were told of: no accepted finding, and no likely orphan") {
  Findings before = findings_of({{"aa", 1}, {"bb", 2}, {"cc", 3}});
  before.findings[0].accepted = Acceptance{};
  before.findings[1].kind = FindingKind::orphan;
  before.findings[1].evidence = Evidence::likely;
  const Findings now = compared(before, findings_of({}));
  CHECK(now.earlier->gone == 1);
  CHECK(growth_words(now) == "since check 4, 60 s before: 1 gone");
  before.findings[2].accepted = Acceptance{};
  CHECK(growth_words(compared(before, findings_of({}))) == "since check 4, 60 s before: no change");
  CHECK(compared(before, before).findings[1].instances_before == 2u);
}

TEST_CASE("something has grown where it is new or more, and nothing where it is as it was, fewer or gone") {
  const Findings some = findings_of({{"aa", 2}, {"bb", 2}});
  CHECK_FALSE(has_grown(compared(some, some)));
  CHECK_FALSE(has_grown(compared(some, findings_of({{"aa", 1}}))));
  CHECK_FALSE(has_grown(compared(some, findings_of({}))));
  CHECK(has_grown(compared(some, findings_of({{"aa", 3}, {"bb", 1}}))));
  CHECK(has_grown(compared(some, findings_of({{"cc", 1}}))));
  CHECK(has_grown(compared(findings_of({}), some)));
}

TEST_CASE("at the first check all that was found has grown, and nothing is compared") {
  Findings first = findings_of({{"aa", 1}});
  compare_with_earlier(first, {}, "", "earlier");
  CHECK_FALSE(first.earlier);
  CHECK_FALSE(first.findings[0].instances_before);
  CHECK(growth_words(first).empty());
  CHECK(growth_words(first.findings[0], first.earlier).empty());
  CHECK(has_grown(first));
  CHECK_FALSE(has_grown(findings_of({})));
}

TEST_CASE("what people are not told of is no growth: accepted findings and likely orphans") {
  Findings accepted = findings_of({{"aa", 1}});
  accepted.findings[0].accepted = Acceptance{};
  CHECK_FALSE(has_grown(compared(findings_of({}), accepted)));
  Findings orphan = findings_of({{"aa", 1}});
  orphan.findings[0].kind = FindingKind::orphan;
  orphan.findings[0].evidence = Evidence::likely;
  CHECK_FALSE(has_grown(compared(findings_of({}), orphan)));
}

TEST_CASE(
    "objects of which there are more are told, those that grew most first, with how long they have risen") {
  Snapshot snapshot;
  snapshot.vtables = {{0x4000, {}, "St23_Sp_counted_ptr_inplaceI7SessionSaIvELN9__gnu_cxx12_Lock_policyE2EE"},
                      {0x5000, {}, ""}};
  std::string text;
  Findings findings;
  const auto check = [&](std::uint64_t sessions, std::uint64_t others, std::uint64_t elsewhere) {
    snapshot.census = {{sessions, 0, 0, 7, 0}, {others, 1, 0, 7, 0}, {elsewhere, 0, 0, 8, 0}};
    findings = Findings();
    text = compare_with_earlier(findings, snapshot, text.empty() ? "" : "1 60\n" + text, "earlier");
  };
  check(10, 10, 5);
  CHECK(findings.grown.empty());
  check(11, 20, 5);
  REQUIRE(findings.grown.size() == 2);
  CHECK(findings.grown[0].type == "<unknown type>");
  CHECK(findings.grown[0].before == 10);
  CHECK(findings.grown[0].now == 20);
  CHECK(findings.grown[1].type == "Session");
  CHECK(findings.grown[1].rises == 1);
  check(12, 15, 5);
  REQUIRE(findings.grown.size() == 1);
  CHECK(findings.grown[0].rises == 2);
  CHECK_FALSE(has_grown(findings));
  check(12, 16, 5);
  REQUIRE(findings.grown.size() == 1);  // one fell in between, and the other stays
  CHECK(findings.grown[0].rises == 1);
  check(13, 16, 5);
  REQUIRE(findings.grown.size() == 1);
  CHECK(findings.grown[0].rises == 3);
  CHECK(has_grown(findings));
}

TEST_CASE("a text that no check has left is refused by its line") {
  CHECK(complaint("1 5\ncycle aa 3\n").empty());
  CHECK(complaint("one 5\n") == "earlier:1: is not what a check before has found");
  CHECK(complaint("1 5 6\n") == "earlier:1: is not what a check before has found");
  CHECK(complaint("1 5\ncycle aa\n") == "earlier:2: is not what a check before has found");
  CHECK(complaint("1 5\nalive 0x4000 7 10 2\n").empty());
  CHECK(complaint("1 5\nalive 0x4000 7 10\n") == "earlier:2: is not what a check before has found");
  CHECK(complaint("1 5\ncycle aa 3 4\n") == "earlier:2: is not what a check before has found");
  CHECK(complaint("1 5\ncycle aa 3 untold\n").empty());
  CHECK(complaint("1 5\ncycle aa 3 untold 4\n") == "earlier:2: is not what a check before has found");
}
