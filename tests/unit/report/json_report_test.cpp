// json_report_test.cpp - the JSON keeps its contract, whatever names there are.
#include "report/json_report.h"

#include <fstream>

#include "catch.h"
#include "golden.h"
#include "json_schema.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;
using nlohmann::json;

namespace {

json schema() {
  std::ifstream file(GORDIAN_REPORT_SCHEMA);
  return json::parse(file);
}

void check_schema(const json& document) {
  const auto violations = schema_violations(schema(), document);
  for (const auto& violation : violations) UNSCOPED_INFO(violation);
  CHECK(violations.empty());
}

// Every optional field filled in, every enum's rarer value used.
void add_everything(MadeUpReport& made_up) {
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings.back();
  made_up.object(cycle, "Payload", Role::retained).stack = made_up.stack({made_up.frame("", 0)});
  made_up.reference(cycle, 1, 4, "Obj::data").taken = made_up.stack({made_up.frame("main", 30)});
  auto& weak = made_up.reference(cycle, 2, 1, "Obj::seen");
  weak.strength = Strength::weak;
  weak.member.reset();
  weak.type.reset();
  cycle.omitted = 9;
  cycle.root = false;
  weak.declared.reset();
  cycle.references.front().declared->line = 0;
  cycle.cuts.push_back({std::nullopt, std::nullopt, "+0x18", "make it weak", "", false});
  cycle.held_by = {"00000002"};
  cycle.tails = {{"Obj::pages", "Page", 12, 3000}};
  cycle.structure = Structure{{{"Node::next", "Node", "", 5, {"Node::next"}, 40}}, 7, {{"Root", 500, 1}}};
  auto& orphan = made_up.orphan("ab12cd34");
  orphan.evidence = Evidence::likely;
  made_up.object(orphan, "Lost", Role::orphan).located_strong = 0;
  orphan.lost_holders = {{16, 0, "", made_up.stack({made_up.frame("forget()", 12)})},
                         {16, 0, "", 0, HangsOn{96, 0}, 2}};
  made_up.notes = {"no debug info in libshapes.so"};
  cycle.instances_before = 0;
  made_up.snapshot.check = 2;
  made_up.findings.earlier = EarlierCheck{1, 60, 2};
  made_up.findings.grown = {{"Session", made_up.stack({made_up.frame("serve()", 12)}), 10, 1010, 3}};
}

}  // namespace

TEST_CASE("the JSON of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  check_golden("article_ring.json", json_report(made_up.report()));
}

TEST_CASE("the JSON of a clean program is the golden one") {
  MadeUpReport made_up;
  check_golden("clean.json", json_report(made_up.report()));
}

TEST_CASE("every field of the JSON is one of the schema's") {
  MadeUpReport made_up;
  check_schema(json::parse(json_report(made_up.report())));
  add_everything(made_up);
  check_schema(json::parse(json_report(made_up.report())));
}

TEST_CASE("the schema test sees what is wrong") {
  MadeUpReport made_up;
  add_everything(made_up);
  const json right = json::parse(json_report(made_up.report()));
  const auto wrong_after = [&](const char* pointer, const json& value) {
    json document = right;
    document[json::json_pointer(pointer)] = value;
    return !schema_violations(schema(), document).empty();
  };
  CHECK(wrong_after("/version", 2));
  CHECK(wrong_after("/program/pid", "4711"));
  CHECK(wrong_after("/findings/0/kind", "circle"));
  CHECK(wrong_after("/findings/0/objects/0/allocation/0/offset", "1200"));
  CHECK(wrong_after("/findings/0/references/0/taken", 1));
  CHECK(wrong_after("/findings/0/cuts/0/declared", "article.cpp:9"));
  CHECK(wrong_after("/findings/0/tails/0/bytes", "3000"));
  CHECK(wrong_after("/findings/0/structure/members/0/shortest_cycle/0", 1));
  CHECK(wrong_after("/findings/1/lost_holders/0/allocation/0/offset", "12"));
  CHECK(wrong_after("/findings/1/lost_holders/1/hangs_on/bytes", "12"));
  CHECK(wrong_after("/findings/0/colour", "red"));
  CHECK_FALSE(wrong_after("/findings/0/references/0/taken", json::array()));
}

TEST_CASE("an unknown exit status is null, a known one a number") {
  MadeUpReport made_up;
  CHECK(json::parse(json_report(made_up.report()))["program"]["exit_status"] == 0);
  made_up.snapshot.exit_status.reset();
  CHECK(json::parse(json_report(made_up.report()))["program"]["exit_status"].is_null());
}

TEST_CASE("names that are no UTF-8, or hostile, leave the JSON valid") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("00000001");
  made_up.object(cycle, "Bad\xff\xfeName<\"\\\x01\">");
  made_up.snapshot.arguments = {"\xc3("};
  const json document = json::parse(json_report(made_up.report()));
  CHECK(document["findings"][0]["objects"][0]["type"] == "Bad\uFFFD\uFFFDName<\"\\\x01\">");
  CHECK(document["program"]["arguments"][0] == "\uFFFD(");
}

TEST_CASE("the same report gives the same bytes") {
  MadeUpReport made_up;
  add_everything(made_up);
  CHECK(json_report(made_up.report()) == json_report(made_up.report()));
}
