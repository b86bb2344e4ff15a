// finding_words_test.cpp - a finding in a sentence, and its place.
#include "report/finding_words.h"

#include "catch.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

TEST_CASE("a cycle is told by its objects and bytes, and what it keeps beside them") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings[0];
  CHECK(finding_sentence(cycle) == "A reference cycle of 3 objects (192 bytes) keeps itself alive.");
  cycle.retained_objects = 1;
  CHECK(finding_sentence(cycle) ==
        "A reference cycle of 3 objects (192 bytes) keeps itself and 1 more object alive.");
  cycle.instances = 1000;
  cycle.bytes = 192'000;
  CHECK(finding_sentence(cycle) ==
        "1000 reference cycles of 3 objects each (192 kB in all) keep themselves and 1 more object each "
        "alive.");
  cycle.own_objects = 3000;
  cycle.objects_held = 3001;  // one of them does
  CHECK(finding_sentence(cycle) ==
        "1000 reference cycles of 3 objects each (192 kB in all) keep themselves and 1 more object alive.");
}

TEST_CASE("the references that prove a cycle are counted where each one has as many") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings[0];
  CHECK(evidence_reason(cycle) == "proved: all 3 strong references were found");
  cycle.instances = 3;
  CHECK(evidence_reason(cycle) == "proved: all 3 strong references were found in each");
  cycle.most_objects = 200;
  CHECK(evidence_reason(cycle) == "proved: every strong reference was found in each");
}

TEST_CASE("an orphan is told by what was lost") {
  MadeUpReport made_up;
  auto& orphan = made_up.orphan("ab12cd34");
  made_up.object(orphan, "Obj", Role::orphan);
  CHECK(finding_sentence(orphan) == "A strong reference to Obj was lost: 64 bytes are never freed.");
  orphan.instances = 2;
  CHECK(finding_sentence(orphan) == "2 strong references to Obj were lost: 64 bytes are never freed.");
  CHECK_THAT(advice_sentence(orphan), ContainsSubstring("Free its holder"));
}

TEST_CASE("the advice is the first cut, with what it lacks") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cuts = made_up.findings.findings[0].cuts;
  CHECK(advice_sentence(made_up.findings.findings[0]) ==
        "Cut Obj::a: make it std::weak_ptr<Obj>. It points back to the object allocated first; without it "
        "all 3 "
        "are freed.");
  cuts[0].breaks_all = false;
  cuts[0].reason = "";
  CHECK_THAT(advice_sentence(made_up.findings.findings[0]),
             ContainsSubstring("Other references must go too."));
  cuts.clear();
  CHECK(advice_sentence(made_up.findings.findings[0]) == "No single member breaks this cycle.");
}

TEST_CASE("people are told of cycles first, and of no orphan that is only likely") {
  MadeUpReport made_up;
  made_up.object(made_up.orphan("1"), "Obj", Role::orphan);
  made_up.orphan("2").evidence = Evidence::likely;
  made_up.cycle("3").evidence = Evidence::likely;
  std::string ids;
  for (const auto* finding : findings_for_people(made_up.findings)) ids += finding->id;
  CHECK(ids == "31");
}

TEST_CASE("a finding's place is the cut's member, else the first allocation with a file") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings[0];
  const Report report = made_up.report();
  CallStacks stacks(report);
  CHECK(finding_position(cycle, stacks) == SourcePosition{"/home/you/article.cpp", 9});
  cycle.cuts[0].declared.reset();
  CHECK(finding_position(cycle, stacks) == SourcePosition{"/home/you/article.cpp", 21});
  cycle.objects[0].stack = made_up.stack({made_up.frame("main", 0)});
  CHECK(finding_position(cycle, stacks) == SourcePosition{"/home/you/article.cpp", 22});
  cycle.objects.clear();
  CHECK_FALSE(finding_position(cycle, stacks));
}

TEST_CASE("a path is told from the checkout down, without detours") {
  CHECK(path_below("/home/you/build/../src/./a.cpp", "/home/you") == "src/a.cpp");
  CHECK(path_below("/home/you/../yours/a.cpp", "/home/you") == "/home/yours/a.cpp");
  CHECK(path_below("/home/yours/a.cpp", "/home/you") == "/home/yours/a.cpp");
  CHECK(path_below("/home/you/a.cpp", "/home/you/") == "a.cpp");
  CHECK(path_below("src/a.cpp", "/home/you") == "src/a.cpp");
  CHECK(path_below("/a.cpp", "/") == "a.cpp");
  CHECK(path_below("/a.cpp", "") == "/a.cpp");
}
