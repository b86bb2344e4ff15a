// text_report_test.cpp - whole text reports, and when there is none.
#include "report/text_report.h"

#include "catch.h"
#include "golden.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::string text_of(const MadeUpReport& made_up) {
  return text_report(made_up.report(), made_up.look);
}

void add_orphan(MadeUpReport& made_up, Evidence evidence) {
  auto& orphan = made_up.orphan("ab12cd34");
  orphan.evidence = evidence;
  made_up.source[9] = "  new std::shared_ptr<Obj>(std::make_shared<Obj>());";
  made_up.object(orphan, "Obj", Role::orphan).stack = made_up.stack({made_up.frame("main", 9)});
}

}  // namespace

TEST_CASE("the text of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  check_golden("article_ring.txt", text_of(made_up));
}

TEST_CASE("the text of the article's ring in colour is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.look.terminal.colour = true;
  made_up.notes = {"no debug info in libshapes.so: members of its types are shown as offsets"};
  check_golden("article_ring_colour.txt", text_of(made_up));
}

TEST_CASE("a test's message has the finding without the program, notes and what is accepted") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.notes = {"no debug info in libshapes.so"};
  const std::string text = brief_report(made_up.report(), made_up.look);
  CHECK_THAT(text, Catch::Matchers::StartsWith("1 cycle keeps itself alive\n\ncycle "));
  CHECK_THAT(text, Catch::Matchers::Contains("cut here"));
  CHECK_THAT(text, !Catch::Matchers::Contains("libshapes"));
  CHECK_THAT(text, !Catch::Matchers::Contains("pid"));
}

TEST_CASE("a test's message has three findings at most, and says how many there are besides") {
  MadeUpReport made_up;
  for (const char* id : {"a0000000", "b0000000", "c0000000", "d0000000", "e0000000"}) {
    made_up.object(made_up.cycle(id), "Obj");
  }
  const std::string text = brief_report(made_up.report(), made_up.look);
  CHECK_THAT(text, Catch::Matchers::Contains("c0000000"));
  CHECK_THAT(text, !Catch::Matchers::Contains("d0000000"));
  CHECK_THAT(text, Catch::Matchers::EndsWith("… and 2 more findings\n"));
}

TEST_CASE("where nothing fails a test has no message, and of what does not fail it has none") {
  MadeUpReport made_up;
  CHECK(brief_report(made_up.report(), made_up.look).empty());
  add_orphan(made_up, Evidence::proved);
  CHECK(brief_report(made_up.report(), made_up.look).empty());
  for (const char* id : {"a0000000", "b0000000"}) made_up.object(made_up.cycle(id), "Obj");
  const std::string text = brief_report(made_up.report(), made_up.look);
  CHECK_THAT(text, Catch::Matchers::StartsWith("2 cycles keep themselves alive\n"));
  CHECK_THAT(text, !Catch::Matchers::Contains("orphan"));
  made_up.fails = [](const Finding&) { return true; };
  CHECK_THAT(
      brief_report(made_up.report(), made_up.look),
      Catch::Matchers::StartsWith("2 cycles keep themselves alive, and 1 orphan is left without an owner\n"));
}

TEST_CASE("the text of a lost reference is the golden one") {
  MadeUpReport made_up;
  add_orphan(made_up, Evidence::proved);
  made_up.object(made_up.findings.findings[0], "Payload", Role::retained);
  made_up.reference(made_up.findings.findings[0], 1, 2, "Obj::data");
  check_golden("orphan.txt", text_of(made_up));
}

TEST_CASE("an orphan says where the lost reference lies, and what was not found") {
  MadeUpReport made_up;
  add_orphan(made_up, Evidence::proved);
  Finding& finding = made_up.findings.findings[0];
  CHECK_THAT(text_of(made_up), !Catch::Matchers::Contains("lost: "));
  finding.lost_holders = {{16, 0, "", made_up.stack({made_up.frame("forget()", 12)})},
                          {40, 8, "Job::owner", 0},
                          {40, 8, "", 0, HangsOn{96, made_up.stack({made_up.frame("lose()", 30)})}, 5}};
  finding.objects[0].use_count = 3;
  finding.objects[0].located_strong = 2;
  CHECK_THAT(
      text_of(made_up),
      Catch::Matchers::Contains(
          "  lost: the handle at the start of a heap block of 16 bytes that nothing points to,\n"
          "        allocated in forget() at article.cpp:12\n"
          "  lost: the handle Job::owner 8 bytes into a heap block of 40 bytes that nothing points to,\n"
          "        whose allocation stack was not recorded: set block_stacks=1, or use gordian run\n"
          "  lost (5 times): a heap block of 96 bytes that nothing points to,\n"
          "        allocated in lose() at article.cpp:30,\n"
          "        leads to the handle 8 bytes into a heap block of 40 bytes,\n"
          "        whose allocation stack was not recorded: set block_stacks=1, or use gordian run\n"
          "  lost: 1 of 3 strong references was found nowhere\n"));
}

TEST_CASE("two parts of one member that need the same change are one line") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("00000001");
  made_up.object(cycle, "Val");
  for (const char* path : {"Val::first", "Val::v.first", "Val::v.second"})
    made_up.reference(cycle, 1, 1, path);
  for (const char* path : {"Val::first", "Val::v", "Val::v"})
    made_up.cut(cycle, path, "make it weak", "").breaks_all = false;
  CHECK_THAT(text_of(made_up), Catch::Matchers::EndsWith("  and cut Val::v: make it weak\n") &&
                                   !Catch::Matchers::Contains("weak\n  and cut Val::v"));
}

TEST_CASE("a clean program is one line, or nothing at its exit") {
  MadeUpReport made_up;
  CHECK(text_of(made_up) == "gordian: no cycles in ./article (pid 4711)\n");
  made_up.notes = {"one thread could not be paused"};
  made_up.look.quiet_when_clean = true;
  CHECK(text_of(made_up).empty());
}

TEST_CASE("a clean program's notes are shown when asked on the command line") {
  MadeUpReport made_up;
  made_up.notes = {"one thread could not be paused"};
  CHECK(text_of(made_up) ==
        "gordian: no cycles in ./article (pid 4711)\n\nnote: one thread could not be paused\n");
}

TEST_CASE("an orphan that is only likely is no reason to speak") {
  MadeUpReport made_up;
  add_orphan(made_up, Evidence::likely);
  made_up.look.quiet_when_clean = true;
  CHECK(text_of(made_up).empty());
}

TEST_CASE("an orphan that is only likely is a note when there is something to say") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  CHECK_THAT(text_of(made_up), !ContainsSubstring("orphan"));
  add_orphan(made_up, Evidence::likely);
  CHECK_THAT(text_of(made_up), ContainsSubstring("\nnote: 1 object is likely orphaned, "));
  CHECK_THAT(text_of(made_up), !ContainsSubstring("ab12cd34"));
}

TEST_CASE("the headline tells cycles from orphans") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  add_orphan(made_up, Evidence::proved);
  CHECK_THAT(text_of(made_up),
             Catch::Matchers::StartsWith(
                 "gordian: 1 cycle keeps 3 objects (192 bytes) alive, and 1 orphan (64 bytes) is "
                 "left without an owner, in ./article (pid 4711)\n"));
}

TEST_CASE("a shape with many instances is shown once, with their number") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.findings.findings[0].instances = 1000;
  made_up.findings.findings[0].bytes = 192'000;
  made_up.findings.cycles = 1000;
  made_up.findings.objects_in_cycles = 3000;
  const std::string text = text_of(made_up);
  CHECK_THAT(text, Catch::Matchers::StartsWith(
                       "gordian: 1000 cycles keep 3000 objects (192 kB) alive in ./article"));
  CHECK_THAT(text, ContainsSubstring(
                       "cycle 3f9a2c71 · 3 objects · 1000 times · 192 kB in all · proved: all 3 strong "
                       "references were found in each\n  one of them:\n"));
}

TEST_CASE("what is retained is counted by type, and one thing by its holder") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings[0];
  CHECK_THAT(text_of(made_up), !ContainsSubstring("keeps 1 more"));
  made_up.object(cycle, "Leaf", Role::retained);
  made_up.reference(cycle, 2, 4, "Obj::leaf");
  CHECK_THAT(text_of(made_up),
             ContainsSubstring("  and keeps 1 more object (64 bytes) alive: Leaf, by Obj::leaf\n"));
  made_up.object(cycle, "Payload", Role::retained);
  made_up.object(cycle, "Payload", Role::retained);
  CHECK_THAT(text_of(made_up),
             ContainsSubstring("  and keeps 3 more objects (192 bytes) alive: 2 Payload, 1 Leaf\n"));
  cycle.retained_objects = 12;
  CHECK_THAT(text_of(made_up),
             ContainsSubstring("  and keeps 12 more objects alive, among them 2 Payload, 1 Leaf\n"));
}

TEST_CASE("of what is retained, each member's part is told where there are several") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  Finding& finding = made_up.findings.findings[0];
  made_up.object(finding, "Page", Role::retained);
  finding.tails = {{"Obj::pages", "Page", 12, 3000}};
  CHECK_THAT(text_of(made_up), !Catch::Matchers::Contains("by Obj::pages"));
  finding.tails.push_back({"Obj::name", "", 0, 100});
  CHECK_THAT(text_of(made_up), Catch::Matchers::Contains("    3000 bytes in 12 objects by Obj::pages\n"
                                                         "    100 bytes by Obj::name\n"));
}

TEST_CASE("a cycle that others hold says which come first") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  Finding& finding = made_up.findings.findings[0];
  finding.root = false;
  CHECK_THAT(text_of(made_up), Catch::Matchers::Contains("held by other cycles of this report"));
  finding.held_by = {"aaaaaaaa"};
  CHECK_THAT(text_of(made_up), Catch::Matchers::Contains("held by cycle aaaaaaaa: cut that one first"));
  finding.held_by = {"aaaaaaaa", "bbbbbbbb"};
  CHECK_THAT(text_of(made_up),
             Catch::Matchers::Contains("held by cycles aaaaaaaa, bbbbbbbb: cut those first"));
}

TEST_CASE("cycles of several sizes say so") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.findings.findings[0].most_objects = 70;
  CHECK_THAT(text_of(made_up), Catch::Matchers::Contains("· 3 to 70 objects ·"));
}

TEST_CASE("a large cycle is told by its members and hubs") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  Structure structure;
  structure.members = {{"Node::kids[]", "Node", "Node", 999, {"Node::kids[]", "Node::parent"}, 2},
                       {"Node::next", "Node", "", 5, {"Node::next", "Node::next"}, 40},
                       {"Node::self", "Node", "Node", 1, {"Node::self"}, 1},
                       {"Node::far", "Node", "Node", 1, {}, 0}};
  structure.members_in_all = 7;
  structure.hubs = {{"Root", 500, 1}};
  made_up.findings.findings[0].structure = structure;
  CHECK_THAT(text_of(made_up),
             Catch::Matchers::Contains(
                 "  it is held together by 7 members, most of all by:\n"
                 "    Node::kids[]: 999 references to Node; shortest cycle Node::kids[] -> Node::parent\n"
                 "    Node::next: 5 references; shortest cycle Node::next -> Node::next -> … (40 in all)\n"
                 "    Node::self: 1 reference to Node; the object itself\n"
                 "    Node::far: 1 reference to Node\n"
                 "    hub: one Root, held by 500 references, holds 1\n"));
}

TEST_CASE("two references that were found are both") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("00000001");
  made_up.object(cycle, "A");
  made_up.object(cycle, "B");
  CHECK_THAT(text_of(made_up), ContainsSubstring("proved: both strong references were found"));
}

TEST_CASE("a likely finding says how many references were found") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.findings.findings[0].evidence = Evidence::likely;
  made_up.findings.findings[0].objects[1].use_count = 2;
  CHECK_THAT(text_of(made_up), ContainsSubstring("likely: 3 of 4 strong references were found"));
  CHECK_THAT(text_of(made_up), ContainsSubstring("use_count 2 (1 found)"));
}

TEST_CASE("a cut that is not enough says so, and so does a finding without one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cuts = made_up.findings.findings[0].cuts;
  CHECK_THAT(text_of(made_up), !ContainsSubstring("Other references must go too."));
  cuts[0].breaks_all = false;
  cuts[1].breaks_all = false;
  cuts[0].reason = "Together with Obj::b it does.";
  CHECK_THAT(text_of(made_up), !ContainsSubstring("Other references must go too."));
  cuts[0].reason = "";
  CHECK_THAT(text_of(made_up), ContainsSubstring("Other references must go too.\n"));
  CHECK_THAT(text_of(made_up),
             ContainsSubstring("  and cut Obj::b: make it std::weak_ptr<Obj>\n  or cut Obj::c: make it"));
  cuts.clear();
  CHECK_THAT(text_of(made_up), ContainsSubstring("no single member breaks this cycle"));
}

TEST_CASE("the twenty-first finding is counted, not printed") {
  MadeUpReport made_up;
  for (int i = 0; i < 20; ++i) made_up.object(made_up.cycle("c" + std::to_string(i)), "Obj");
  CHECK_THAT(text_of(made_up), !ContainsSubstring("more finding"));
  made_up.object(made_up.cycle("c20"), "Obj");
  CHECK_THAT(text_of(made_up), ContainsSubstring("\n… and 1 more finding; see the JSON report\n"));
  CHECK_THAT(text_of(made_up), !ContainsSubstring("cycle c20"));
}

TEST_CASE("only the stacks that are printed are resolved") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& retained = made_up.object(made_up.findings.findings[0], "Leaf", Role::retained);
  retained.stack = made_up.stack({made_up.frame("leaf", 5)});
  text_of(made_up);
  CHECK(made_up.frames.questions == 6);  // two frames for each object of the cycle
}

TEST_CASE("names that steer a terminal are shown as text") {
  MadeUpReport made_up;
  made_up.object(made_up.cycle("00000001"), "Evil\x1b]0;title\x07");
  made_up.notes = {"note with \x1b[2J in it"};
  CHECK(text_of(made_up).find('\x1b') == std::string::npos);
  CHECK_THAT(text_of(made_up), ContainsSubstring("Evil\\x1b]0;title\\x07 #1"));
}

TEST_CASE("a later check's text says what came since the one before, and what grew though it may be owned") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.findings.findings.back().instances_before = 0;
  made_up.findings.earlier = EarlierCheck{1, 60, 2};
  made_up.findings.grown = {{"Session", made_up.stack({made_up.frame("serve()", 12)}), 10, 1010, 3},
                            {"Entry", 0, 1, 2, 1}};
  const std::string text = text_of(made_up);
  CHECK_THAT(text, Catch::Matchers::Contains("(pid 4711); since check 1, 60 s before: 1 new, 2 gone\n"));
  CHECK_THAT(text, Catch::Matchers::Contains("\n  new since check 1\n"));
  CHECK_THAT(text, Catch::Matchers::EndsWith("\ngrew since check 1, owned or not:\n"
                                             "  Session: 1000 more (10 -> 1010), rising for 3 checks, "
                                             "made in serve() at article.cpp:12\n"
                                             "  Entry: 1 more (1 -> 2)\n"));
}

TEST_CASE("what grew is told where nothing leaks, and nothing is where nothing grew") {
  MadeUpReport made_up;
  made_up.look.quiet_when_clean = true;
  made_up.findings.earlier = EarlierCheck{1, 60, 0};
  CHECK(text_of(made_up).empty());
  made_up.findings.grown = {{"Entry", 0, 1, 2, 1}};
  CHECK_THAT(text_of(made_up), Catch::Matchers::StartsWith(
                                   "gordian: no cycles in ./article (pid 4711); since check 1, 60 s before: "
                                   "no change\n\ngrew since check 1"));
}
