// merge_test.cpp - sums, examples, who has seen what, and what merging what was merged gives.
#include "compare/merge.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "compare/merge_formats.h"
#include "report/json_schema.h"

using namespace gordian;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

ordered_json object(const std::string& type, const std::string& role) {
  return {{"id", 1},        {"type", type},    {"family", "std"}, {"size", 64},
          {"use_count", 1}, {"weak_count", 0}, {"role", role},    {"allocation", ordered_json::array()}};
}

ordered_json finding(const std::string& id, std::uint64_t instances = 1, const std::string& kind = "cycle") {
  ordered_json cuts = ordered_json::array();
  if (kind == "cycle") {
    cuts.push_back({{"member", "A::a"}, {"path", "A::a"}, {"advice", "make it weak"}, {"breaks_all", true}});
  }
  return {{"id", id},
          {"kind", kind},
          {"root", false},
          {"instances", instances},
          {"evidence", "proved"},
          {"cycle_objects", kind == "cycle" ? 1 : 0},
          {"retained_objects", 0},
          {"bytes", 64 * instances},
          {"objects", {object("A", kind)}},
          {"references", ordered_json::array()},
          {"omitted", 0},
          {"cuts", cuts}};
}

ordered_json report(int pid, const std::vector<ordered_json>& findings) {
  std::uint64_t cycles = 0;
  std::uint64_t orphans = 0;
  for (const auto& one : findings) {
    (one["kind"] == "cycle" ? cycles : orphans) += one["instances"].get<std::uint64_t>();
  }
  return {{"format", "gordian-report"},
          {"version", 1},
          {"program", {{"path", "/t/tests"}, {"pid", pid}}},
          {"summary",
           {{"cycles", cycles},
            {"objects_in_cycles", cycles},
            {"objects_retained", 2},
            {"orphans", orphans},
            {"bytes", 64 * (cycles + orphans)},
            {"suppressed", 3},
            {"baselined", 4}}},
          {"findings", findings},
          {"notes", ordered_json::array()}};
}

struct NamedReport {
  std::string file;
  std::string text;
};

NamedReport named(const std::string& file, const ordered_json& report) {
  return {file, report.dump()};
}

Merger merger_of(const std::vector<NamedReport>& reports) {
  Merger merger;
  for (const auto& one : reports) {
    TextSource source(one.file, one.text);
    merger.add(one.file, [&](const FindingHandler& handle) { return read_report(source, handle); });
  }
  return merger;
}

MergedReport merged(const std::vector<NamedReport>& reports) {
  return merger_of(reports).take();
}

std::string merged_text_of(const std::vector<NamedReport>& reports) {
  return merged_json(merged(reports));
}

ordered_json merged_json_of(const std::vector<NamedReport>& reports) {
  return ordered_json::parse(merged_text_of(reports));
}

}  // namespace

TEST_CASE("one id is one finding, with the sums and the first report's example") {
  auto first = finding("000000a1", 2);
  auto second = finding("000000a1", 3);
  first["objects"][0]["type"] = "First";
  second["objects"][0]["type"] = "Second";
  const auto sum = merged_json_of({named("a", report(1, {first})), named("b", report(2, {second}))});
  REQUIRE(sum["findings"].size() == 1);
  const auto& x = sum["findings"][0];
  CHECK(x["instances"] == 5);
  CHECK(x["bytes"] == 320);
  CHECK(x["cycle_objects"] == 1);
  CHECK(x["objects"][0]["type"] == "First");
  CHECK(x["seen_by"] ==
        ordered_json({{{"program", "/t/tests"}, {"pid", 1}, {"file", "a"}, {"instances", 2}},
                      {{"program", "/t/tests"}, {"pid", 2}, {"file", "b"}, {"instances", 3}}}));
  CHECK(x["seen_by_omitted"] == 0);
}

TEST_CASE("summaries are summed, and reports with findings are counted") {
  const auto sum = merged_json_of({named("a", report(1, {finding("000000a1", 2)})), named("b", report(2, {})),
                                   named("c", report(3, {finding("000000d0", 1, "orphan")}))});
  CHECK(sum["summary"] == ordered_json({{"cycles", 2},
                                        {"objects_in_cycles", 2},
                                        {"objects_retained", 6},
                                        {"orphans", 1},
                                        {"bytes", 192},
                                        {"suppressed", 9},
                                        {"baselined", 12}}));
  CHECK(sum["merged"] == ordered_json({{"reports", 3}, {"with_findings", 2}, {"notes_omitted", 0}}));
}

TEST_CASE("the program is the one that all reports share") {
  auto other = report(7, {});
  CHECK(merged_json_of({named("a", report(7, {})), named("b", other)})["program"] ==
        ordered_json({{"path", "/t/tests"}, {"pid", 7}}));
  other["program"] = {{"path", "/t/other"}, {"pid", 8}};
  const ordered_json none = {{"path", ""}, {"pid", 0}};
  CHECK(merged_json_of({named("a", report(7, {})), named("b", other)})["program"] == none);
  CHECK(merged_json_of({named("b", other), named("a", report(7, {})), named("c", other)})["program"] == none);
}

TEST_CASE("what is proved, suppressed or a root in one report only is judged with care") {
  auto plain = finding("000000a1");
  auto special = finding("000000a1");
  special["evidence"] = "likely";
  special["root"] = true;
  special["suppressed_by"] = "known";
  for (const bool special_first : {false, true}) {
    const auto sum = merged_json_of({named("a", report(1, {special_first ? special : plain})),
                                     named("b", report(2, {special_first ? plain : special}))});
    const auto& x = sum["findings"][0];
    CHECK(x["evidence"] == "proved");
    CHECK(x["root"] == true);
    CHECK((!x.contains("suppressed_by") || x["suppressed_by"].is_null()));
    CHECK(x["instances"].get<int>() == 2 * plain["instances"].get<int>());
    CHECK(x["suppressed_instances"] == special["instances"]);
    CHECK(x["suppressed_bytes"] == special["bytes"]);
  }
  const auto both = merged_json_of({named("a", report(1, {special})), named("b", report(2, {special}))});
  CHECK(both["findings"][0]["suppressed_by"] == "known");
  CHECK(both["merged"]["with_findings"] == 0);
}

TEST_CASE(
    "what is proved where it is not accepted is proved in the sum, and what is proved only there is not") {
  const auto merged_with = [&](bool first_accepted) {
    auto likely = finding("000000a1", 1, "orphan");
    likely["evidence"] = "likely";
    auto proved = finding("000000a1", 1, "orphan");
    if (first_accepted) proved["suppressed_by"] = "known";
    return merged_json_of({named("a", report(1, {proved})), named("b", report(2, {likely}))});
  };
  CHECK(merged_with(false)["findings"][0]["evidence"] == "proved");
  CHECK(merged_with(false)["merged"]["with_findings"] == 1);
  CHECK(merged_with(true)["findings"][0]["evidence"] == "likely");
  CHECK(merged_with(true)["merged"]["with_findings"] == 0);
}

TEST_CASE("the headline counts what no report accepts") {
  auto accepted = finding("000000a1", 4);
  accepted["suppressed_by"] = "known";
  const auto text = merged_text(
      merged({named("a", report(1, {finding("000000a1")})), named("b", report(2, {accepted}))}), Paint());
  CHECK_THAT(text, ContainsSubstring("gordian: 1 cycle keeps "));
  CHECK_THAT(text, ContainsSubstring(" (64 bytes) alive, in 1 of 2 reports"));
  CHECK_THAT(text, ContainsSubstring("  accepted where they were seen: 4\n"));
}

TEST_CASE("what one report says of its own instances is not said of the sum") {
  auto x = finding("000000a1");
  x["cuts"] = {{{"member", "A::b"},
                {"path", "A::b"},
                {"advice", "drop it"},
                {"breaks_all", true},
                {"frees", {{"objects", 2}, {"bytes", 64}}}}};
  const auto one = merged_json_of({named("a", report(1, {x}))});
  CHECK(one["findings"][0]["cuts"][0]["frees"]["objects"] == 2);
  const auto two = merged_json_of({named("a", report(1, {x})), named("b", report(2, {x}))});
  CHECK(two["findings"][0]["cuts"][0]["frees"].is_null());
}

TEST_CASE("what a process had at its check before is not said of a sum") {
  auto x = finding("000000a1", 3);
  x["instances_before"] = 1;
  auto second = report(1, {x});
  second["earlier"] = {{"check", 1}, {"seconds", 60}, {"gone", 0}};
  const auto sum = merged_json_of({named("a", second), named("b", report(2, {x}))});
  CHECK(sum["findings"][0]["instances"] == 6);
  CHECK_FALSE(sum["findings"][0].contains("instances_before"));
  CHECK_FALSE(sum.contains("earlier"));
}

TEST_CASE("findings come as in a single report: cycles, then orphans; proved first; larger first; by id") {
  auto likely = finding("000000e0", 9);
  likely["evidence"] = "likely";
  const auto sum = merged_json_of({named("a", report(1, {finding("000000d0", 9, "orphan"), likely,
                                                         finding("0000000c", 1), finding("0000000b", 1)})),
                                   named("b", report(2, {finding("000000ff", 1), finding("000000ff", 1)}))});
  std::vector<std::string> ids;
  for (const auto& one : sum["findings"]) ids.push_back(one["id"]);
  CHECK(ids == std::vector<std::string>{"000000ff", "0000000b", "0000000c", "000000e0", "000000d0"});
}

TEST_CASE("a report that has one id twice has seen it once, with both's instances") {
  const auto sum = merged_json_of({named("a", report(1, {finding("000000a1", 2), finding("000000a1", 3)}))});
  REQUIRE(sum["findings"][0]["seen_by"].size() == 1);
  CHECK(sum["findings"][0]["seen_by"][0]["instances"] == 5);
}

TEST_CASE("the test that a finding was made in is told with who has seen it") {
  auto x = finding("000000a1");
  x["test"] = "Suite.Case";
  const auto sum = merged_json_of({named("a", report(1, {x}))});
  CHECK(sum["findings"][0]["seen_by"][0]["test"] == "Suite.Case");
}

TEST_CASE("merging what was merged gives what merging all at once does, byte for byte") {
  auto suppressed = finding("000000a1", 4);
  suppressed["suppressed_by"] = "known";
  suppressed.erase("root");
  auto noted = report(2, {suppressed, finding("000000a2"), finding("000000d0", 1, "orphan")});
  noted["notes"] = {"one", "two"};
  auto noted_again = report(4, {finding("000000a2", 7)});
  noted_again["notes"] = {"two", "three"};
  const std::vector<NamedReport> all = {named("a", report(1, {finding("000000a1", 2)})), named("b", noted),
                                        named("c", report(3, {})), named("d", noted_again)};
  const std::string at_once = merged_text_of(all);
  const auto part = [&](std::size_t from, std::size_t to) {
    return NamedReport{"part", merged_text_of({all.begin() + static_cast<std::ptrdiff_t>(from),
                                               all.begin() + static_cast<std::ptrdiff_t>(to)})};
  };
  CHECK(merged_text_of({part(0, 2), part(2, 4)}) == at_once);
  CHECK(merged_text_of({part(0, 3), all[3]}) == at_once);
  CHECK(merged_text_of({all[0], part(1, 4)}) == at_once);
  CHECK(merged_text_of({{"whole", at_once}}) == at_once);
}

TEST_CASE("more sightings and notes than a report shows are counted, also over several merges") {
  std::vector<NamedReport> all;
  for (int i = 0; i < 60; ++i) {
    auto one = report(i, {finding("000000a1")});
    one["notes"] = {"a", "note a " + std::to_string(i), "note b " + std::to_string(i)};
    all.push_back(named("r" + std::to_string(i), one));
  }
  const std::string at_once = merged_text_of(all);
  const auto sum = ordered_json::parse(at_once);
  CHECK(sum["findings"][0]["instances"] == 60);
  CHECK(sum["findings"][0]["seen_by"].size() == kMostSightings);
  CHECK(sum["findings"][0]["seen_by"].back()["file"] == "r19");
  CHECK(sum["findings"][0]["seen_by_omitted"] == 40);
  CHECK(sum["notes"].size() == kMostMergedNotes);
  CHECK(sum["merged"]["notes_omitted"] == 21);
  const auto half = all.begin() + 30;
  CHECK(merged_text_of({{"first", merged_text_of({all.begin(), half})},
                        {"second", merged_text_of({half, all.end()})}}) == at_once);
}

TEST_CASE("what is kept does not grow with the number of reports") {
  const auto kept = [](int reports) {
    std::size_t bytes = 0;
    std::vector<NamedReport> all;
    for (int i = 0; i < reports; ++i)
      all.push_back(named("report-100", report(100, {finding("000000a1"), finding("000000a2")})));
    const MergedReport sum = merged(all);
    for (const auto& one : sum.findings) {
      bytes += one.json.size() + one.sum.seen_by.size() * sizeof(Sighting);
    }
    return bytes + merged_json(sum).size();
  };
  CHECK(kept(1000) < kept(50) + 50);
}

TEST_CASE("a run that is in a merged report and beside it is noticed") {
  const auto a = named("a", report(1, {finding("000000a1")}));
  const auto b = named("b", report(2, {finding("000000a1")}));
  const auto counted_twice = [](const std::vector<NamedReport>& reports) {
    return merger_of(reports).counted_twice();
  };
  CHECK(counted_twice({a, b}).empty());
  CHECK(counted_twice({{"sum", merged_text_of({a, b})}}).empty());
  CHECK(counted_twice({{"sum", merged_text_of({a, b})}, b}) == "b");
}

TEST_CASE("another check of a process that was counted is noticed, and no other process's") {
  const auto checked = [](const std::string& file, int pid, int check,
                          const std::string& program = "/t/tests") {
    auto one = report(pid, {finding("000000a1")});
    one["program"]["path"] = program;
    if (check != 0) one["program"]["check"] = check;
    return named(file, one);
  };
  const auto another_check = [](const std::vector<NamedReport>& reports) {
    return merger_of(reports).another_check();
  };
  CHECK(another_check({checked("a", 1, 1), checked("b", 1, 2), checked("c", 1, 3)}) == "b");
  CHECK(another_check({checked("a", 1, 2), checked("b", 2, 1), checked("c", 1, 1)}) == "c");
  CHECK(another_check({checked("a", 1, 1), checked("b", 2, 2), checked("c", 1, 3, "/t/others")}).empty());
  // Of other machines, or from before reports told.
  CHECK(another_check({checked("a", 1, 1), checked("b", 1, 1)}).empty());
  CHECK(another_check({checked("a", 1, 0), checked("b", 1, 2), checked("c", 1, 0)}).empty());
}

TEST_CASE("sums that do not fit are refused") {
  auto huge = finding("000000a1");
  huge["instances"] = UINT64_MAX;
  CHECK_THROWS_WITH(merged({named("a", report(1, {huge})), named("b", report(2, {finding("000000a1")}))}),
                    ContainsSubstring("64 bits"));
}

TEST_CASE("a merged report fits the schema and looks as the library prints it") {
  const json schema = json::parse(std::ifstream(GORDIAN_REPORT_SCHEMA));
  for (const auto& findings :
       {std::vector<ordered_json>{}, {finding("000000a1"), finding("000000a2", 2, "orphan")}}) {
    auto one = report(1, findings);
    one["notes"] = {"a note"};
    const std::string text = merged_text_of({named("a", one), named("\xff\"", one)});
    const auto violations = test::schema_violations(schema, json::parse(text));
    for (const auto& violation : violations) UNSCOPED_INFO(violation);
    CHECK(violations.empty());
    CHECK(text == ordered_json::parse(text).dump(2) + "\n");
  }
}

TEST_CASE("nothing merged is an empty report") {
  CHECK(merged_json_of({named("a", report(1, {}))})["findings"].empty());
  CHECK(merged_text(merged({named("a", report(1, {}))}), Paint()) == "gordian: no cycles in 1 report\n");
}

TEST_CASE("the text tells the sums, and who has seen what") {
  auto tested = finding("000000a1", 3);
  tested["test"] = "Suite.Case";
  auto hidden = finding("000000f0");
  hidden["suppressed_by"] = "own.suppressions:3: type:A";
  hidden["suppressed_why"] = "it is meant";
  auto unsure = finding("000000f1", 1, "orphan");
  unsure["evidence"] = "likely";
  auto noted = report(2, {tested, unsure});
  noted["notes"] = {"no debug info in a\x1b[2J"};
  std::vector<NamedReport> all = {named("a.json", report(1, {finding("000000a1"), hidden})),
                                  named("b.json", noted)};
  for (int i = 3; i < 6; ++i) all.push_back(named("c.json", report(i, {finding("000000a1")})));
  CHECK(merged_text(merged(all), Paint()) ==
        "gordian: 7 cycles keep 18 objects (448 bytes) alive, in 5 of 5 reports\n"
        "\n"
        "cycle 000000a1 · A · 1 object · 7 times · 448 bytes in all · cut A::a: make it weak\n"
        "  1 time in /t/tests (pid 1), a.json\n"
        "  3 times in /t/tests (pid 2), test Suite.Case, b.json\n"
        "  1 time in /t/tests (pid 3), c.json\n"
        "  … and in 2 more reports\n"
        "\n"
        "orphan 000000f1 · A · 64 bytes · likely\n"
        "  1 time in /t/tests (pid 2), b.json\n"
        "\n"
        "accepted: 1 finding\n"
        "  cycle 000000f0 · A · 1 object · 64 bytes\n"
        "    own.suppressions:3: type:A because it is meant\n"
        "\n"
        "note: no debug info in a\\x1b[2J\n");
}

TEST_CASE("rules that accepted nothing in any of the reports are kept") {
  auto first = report(1, {finding("000000a1")});
  first["unused_suppressions"] = {"s:1: type:A", "s:2: type:B"};
  auto second = report(2, {finding("000000a1")});
  second["unused_suppressions"] = {"s:2: type:B", "s:3: type:C"};
  const auto sum = merged_json_of({named("a", first), named("b", second), named("c", report(3, {}))});
  CHECK(sum["unused_suppressions"] == ordered_json{"s:2: type:B"});
  CHECK_FALSE(merged_json_of({named("c", report(3, {}))}).contains("unused_suppressions"));
}

TEST_CASE("the range of sizes is that of all reports") {
  auto small = finding("000000a1");
  small["fewest_cycle_objects"] = 2;
  small["most_cycle_objects"] = 3;
  auto large = finding("000000a1");
  large["fewest_cycle_objects"] = 5;
  large["most_cycle_objects"] = 9;
  const auto sum = merged_json_of({named("a", report(1, {small})), named("b", report(2, {large}))});
  CHECK(sum["findings"][0]["fewest_cycle_objects"] == 2);
  CHECK(sum["findings"][0]["most_cycle_objects"] == 9);
}

TEST_CASE("on a terminal the lines of a sum are no longer than it is wide") {
  Terminal terminal;
  terminal.width = 60;
  const auto one =
      merged({named("a-name-that-alone-takes-half-a-line.json", report(1, {finding("000000a1")}))});
  CHECK_THAT(
      merged_text(one, Paint(terminal)),
      ContainsSubstring("  1 time in /t/tests (pid 1),\n    a-name-that-alone-takes-half-a-line.json\n"));
}
