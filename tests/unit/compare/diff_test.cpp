// diff_test.cpp - new, more, fewer, gone; what fails; the words and the JSON.
#include "compare/diff.h"

#include <fstream>

#include "catch.h"
#include "compare/diff_json.h"
#include "compare/diff_text.h"
#include "report/json_schema.h"

using namespace gordian;
using nlohmann::json;

namespace {

ReportedFinding cycle(const std::string& id, std::uint64_t instances = 1, std::uint64_t bytes = 100) {
  ReportedFinding finding;
  finding.id = id;
  finding.instances = instances;
  finding.bytes = bytes;
  finding.cycle_objects = 3;
  finding.types = {"Obj"};
  finding.cut = "Obj::a: make it std::weak_ptr<Obj>";
  return finding;
}

ReportedFinding orphan(const std::string& id, Evidence evidence) {
  ReportedFinding finding = cycle(id);
  finding.kind = FindingKind::orphan;
  finding.evidence = evidence;
  finding.cycle_objects = 0;
  finding.cut.reset();
  return finding;
}

ReportedFinding suppressed(ReportedFinding finding) {
  finding.suppressed_by = "known";
  return finding;
}

struct Compared {
  ComparedRun before;
  ComparedRun after;
  Diff diff;

  std::string text(const Paint& paint = Paint()) const { return diff_text(before, after, diff, paint); }
  json as_json(DiffFailOn fail_on = DiffFailOn::any) const {
    return json::parse(diff_json(before, after, diff, fail_on));
  }
  bool fails(DiffFailOn fail_on) const {
    return std::any_of(diff.changes.begin(), diff.changes.end(),
                       [&](const auto& changed) { return gordian::fails(changed, fail_on); });
  }
};

Compared compare(const std::vector<ReportedFinding>& before, const std::vector<ReportedFinding>& after) {
  Compared result;
  result.before.file = "old.json";
  result.after.file = "new.json";
  for (const auto& finding : before) add_to_table(result.before.findings, finding);
  for (const auto& finding : after) add_to_table(result.after.findings, finding);
  result.diff = diff_of(result.before.findings, result.after.findings);
  return result;
}

// "new a", "gone b" in their order.
std::vector<std::string> changes(const Compared& compared) {
  std::vector<std::string> words;
  for (const auto& changed : compared.diff.changes) {
    words.push_back(std::string(word(changed.change)) + " " + changed.finding.id);
  }
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("nothing compared with nothing is no change") {
  const Compared nothing = compare({}, {});
  CHECK(nothing.diff.changes.empty());
  CHECK(nothing.text() == "gordian: no findings (old.json -> new.json)\n");
}

TEST_CASE("a finding is new, gone, more, fewer or unchanged by its id and its instances") {
  const Compared all = compare({cycle("gone"), cycle("more", 3), cycle("fewer", 5), cycle("same", 2, 10)},
                               {cycle("new"), cycle("more", 5), cycle("fewer", 3), cycle("same", 2, 99)});
  CHECK(changes(all) == Words{"new new", "more more", "fewer fewer", "gone gone"});
  CHECK(all.diff.unchanged == 1);
  CHECK(all.diff.changes[1].old_instances == 3);
  CHECK(all.diff.changes[1].new_instances == 5);
}

TEST_CASE("the same id as a cycle and as an orphan are two findings") {
  const Compared two = compare({cycle("x")}, {orphan("x", Evidence::proved)});
  CHECK(changes(two) == Words{"new x", "gone x"});
}

TEST_CASE("findings of one id in one report are summed") {
  const Compared summed = compare({cycle("x", 1), cycle("x", 2)}, {cycle("x", 3)});
  CHECK(summed.diff.unchanged == 1);
  CHECK(summed.diff.changes.empty());
}

TEST_CASE("larger ones come first, then the id decides, whatever the order of the reports") {
  const Words order = {"new c", "new a", "new b", "gone e", "gone d"};
  CHECK(changes(compare({cycle("d", 1, 5), cycle("e", 1, 6)},
                        {cycle("a", 1, 7), cycle("b", 1, 7), cycle("c", 1, 8)})) == order);
  CHECK(changes(compare({cycle("e", 1, 6), cycle("d", 1, 5)},
                        {cycle("c", 1, 8), cycle("b", 1, 7), cycle("a", 1, 7)})) == order);
}

TEST_CASE("what is suppressed in the new report is no change, whatever it was before") {
  const Compared hidden = compare({cycle("more")}, {suppressed(cycle("new")), suppressed(cycle("more", 9))});
  CHECK(hidden.diff.changes.empty());
  CHECK(hidden.diff.suppressed == 2);
  CHECK_FALSE(hidden.fails(DiffFailOn::any));
}

TEST_CASE("a suppression that was taken away does not make a finding new") {
  CHECK(compare({suppressed(cycle("x"))}, {cycle("x")}).diff.unchanged == 1);
}

TEST_CASE("what is new or more fails, as far as it was asked for") {
  const auto check = [](const Compared& compared, bool appeared, bool more, bool any) {
    CHECK(compared.fails(DiffFailOn::appeared) == appeared);
    CHECK(compared.fails(DiffFailOn::more) == more);
    CHECK(compared.fails(DiffFailOn::any) == any);
    CHECK_FALSE(compared.fails(DiffFailOn::none));
  };
  check(compare({}, {cycle("new")}), true, false, true);
  check(compare({cycle("more", 1)}, {cycle("more", 2)}), false, true, true);
  check(compare({cycle("fewer", 2)}, {cycle("fewer", 1)}), false, false, false);
  check(compare({cycle("gone")}, {}), false, false, false);
  check(compare({cycle("same")}, {cycle("same")}), false, false, false);
}

TEST_CASE("a proved orphan that is new fails, a likely one is told only") {
  CHECK(compare({}, {orphan("o", Evidence::proved)}).fails(DiffFailOn::any));
  const Compared likely = compare({}, {orphan("o", Evidence::likely)});
  CHECK_FALSE(likely.fails(DiffFailOn::any));
  CHECK(changes(likely) == Words{"new o"});
}

TEST_CASE("a likely cycle fails as a proved one does") {
  auto likely = cycle("c");
  likely.evidence = Evidence::likely;
  CHECK(compare({}, {likely}).fails(DiffFailOn::any));
}

TEST_CASE("numbers that do not fit are refused") {
  CHECK_THROWS_WITH(compare({cycle("x", UINT64_MAX), cycle("x", 1)}, {}), ContainsSubstring("64 bits"));
}

TEST_CASE("the text has a headline, and a line for each change") {
  auto large = cycle("00000001", 2, 20'000);
  large.types = {"Tree", "Env", "Value", "Closure", "Frame"};
  const Compared all = compare({cycle("00000002", 3), cycle("00000003", 5), cycle("00000004"), cycle("5")},
                               {large, cycle("00000002", 5), cycle("00000003", 3), cycle("5"),
                                orphan("00000006", Evidence::likely), suppressed(cycle("7"))});
  CHECK(
      all.text() ==
      "gordian: 2 new, 1 more, 1 fewer, 1 gone, 1 unchanged, 1 suppressed (old.json -> new.json)\n"
      "\n"
      "new             cycle 00000001 · Tree, Env, Value and 2 more types · 3 objects · 2 times · 20.0 kB in "
      "all · cut Obj::a: make it std::weak_ptr<Obj>\n"
      "new             orphan 00000006 · Obj · 100 bytes · likely\n"
      "more (3 -> 5)   cycle 00000002 · Obj · 3 objects · 5 times · 100 bytes in all · cut Obj::a: make it "
      "std::weak_ptr<Obj>\n"
      "fewer (5 -> 3)  cycle 00000003 · Obj · 3 objects · 3 times · 100 bytes in all · cut Obj::a: make it "
      "std::weak_ptr<Obj>\n"
      "gone            cycle 00000004 · Obj · 3 objects · 100 bytes\n");
}

TEST_CASE("that the two are sums of unlike many reports is noted") {
  Compared unlike = compare({}, {});
  unlike.before.run.reports = 1;
  unlike.after.run.reports = 12;
  CHECK(unlike.text() ==
        "gordian: no findings (old.json -> new.json)\n"
        "\n"
        "note: old.json is of 1 report, new.json is of 12 reports\n");
}

TEST_CASE("names send a terminal no control characters") {
  auto hostile = cycle("\x1b[31m");
  hostile.types = {"\x1b]0;x\x07"};
  hostile.cut = "a\nb";
  Compared compared = compare({}, {hostile});
  compared.before.file = "\x1b[2J";
  const std::string text = compared.text();
  CHECK_THAT(text, !ContainsSubstring("\x1b") && !ContainsSubstring("\x07"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}

TEST_CASE("the JSON fits its schema and says which changes fail") {
  const Compared all = compare({cycle("more", 1), cycle("fewer", 2), cycle("gone"), cycle("same")},
                               {cycle("new"), cycle("more", 2), cycle("fewer", 1), cycle("same"),
                                suppressed(cycle("s")), orphan("o", Evidence::likely)});
  const json document = all.as_json(DiffFailOn::appeared);
  const auto violations = test::schema_violations(json::parse(std::ifstream(GORDIAN_DIFF_SCHEMA)), document);
  for (const auto& violation : violations) UNSCOPED_INFO(violation);
  CHECK(violations.empty());
  CHECK(document["summary"] ==
        json{{"new", 2}, {"more", 1}, {"fewer", 1}, {"gone", 1}, {"unchanged", 1}, {"suppressed", 1}});
  CHECK(document["changes"][0]["id"] == "new");
  CHECK(document["changes"][0]["fails"] == true);
  CHECK(document["changes"][1]["id"] == "o");
  CHECK(document["changes"][1]["fails"] == false);
  CHECK(document["changes"][2]["change"] == "more");
  CHECK(document["changes"][2]["fails"] == false);
  CHECK(document["changes"][2]["old_instances"] == 1);
  CHECK(document["changes"][2]["new_instances"] == 2);
  CHECK(all.as_json()["changes"][2]["fails"] == true);
}

TEST_CASE("file names that are no UTF-8 leave the JSON valid") {
  Compared compared = compare({}, {});
  compared.before.file = "\xff";
  CHECK(compared.as_json()["old"]["file"] == "\uFFFD");
}

TEST_CASE("on a terminal the lines of a comparison are no longer than it is wide") {
  Terminal terminal;
  terminal.width = 60;
  CHECK_THAT(
      compare({}, {cycle("a")}).text(Paint(terminal)),
      ContainsSubstring(
          "\nnew  cycle a · Obj · 3 objects · 100 bytes · cut Obj::a:\n  make it std::weak_ptr<Obj>\n"));
}
