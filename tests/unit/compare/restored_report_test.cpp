// restored_report_test.cpp - what formats say of reports that were read back, and that no damage makes them
// crash.
#include "compare/restored_report.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "catch.h"
#include "compare/merge.h"
#include "compare/merged_suites.h"
#include "report/formats.h"
#include "report/xml_document.h"

using namespace gordian;
using namespace gordian::test;
using nlohmann::ordered_json;

namespace {

ordered_json ring(int pid = 4711) {
  auto report = ordered_json::parse(std::ifstream(GORDIAN_GOLDEN_DIR "/article_ring.json"));
  report["program"]["pid"] = pid;
  return report;
}

ordered_json clean(const std::string& program = "/home/you/clean") {
  auto report = ordered_json::parse(std::ifstream(GORDIAN_GOLDEN_DIR "/clean.json"));
  report["program"]["path"] = program;
  return report;
}

using Reader = std::function<ReportedRun(const FindingHandler&)>;

Reader reader_of(const std::string& file, const ordered_json& report) {
  return [file, text = report.dump()](const FindingHandler& handle) {
    TextSource source(file, text);
    return read_report(source, handle);
  };
}

using ReportFiles = std::vector<std::pair<std::string, ordered_json>>;

MergedReport merged_from(const ReportFiles& files) {
  Merger merger;
  for (const auto& [file, report] : files) merger.add(file, reader_of(file, report));
  return merger.take();
}

bool cycles_fail(const Finding& finding) {
  return finding.kind == FindingKind::cycle && !finding.accepted;
}

std::string rendered(const std::string& name, const MergedReport& report) {
  RestoredReport restored(report);
  Look look;
  look.directory = look.checkout = "/home/you";
  for (const auto& format : report_formats()) {
    if (format.name == name) return format.render(restored.report(cycles_fail), look);
  }
  FAIL("no format " << name);
  return "";
}

XmlElement suites(const ReportFiles& files) {
  Merger all;
  MergedSuites suites;
  for (const auto& [file, report] : files) suites.add(file, reader_of(file, report), all);
  Look look;
  look.directory = look.checkout = "/home/you";
  return parse_xml(suites.document(cycles_fail, look));
}

}  // namespace

TEST_CASE("a report read back has the drawing, the places and the advice of the first one") {
  const auto text = rendered("text", merged_from({{"a.json", ring()}, {"b.json", clean()}}));
  CHECK_THAT(text,
             ContainsSubstring("gordian: 1 cycle keeps 3 objects (192 bytes) alive in 1 of 2 reports\n"));
  CHECK_THAT(text, ContainsSubstring("proved: all 3 strong references were found\n"));
  CHECK_THAT(text, ContainsSubstring("  1 time in /home/you/article (pid 4711), a.json\n"));
  CHECK_THAT(text, ContainsSubstring("  ╭─▶ Obj #1  64 bytes  use_count 1  weak 1\n"
                                     "  │    │  allocated in main() at article.cpp:21\n"
                                     "  │    └─ Obj::b ─▶ Obj #2\n"));
  CHECK_THAT(text, ContainsSubstring("  ╰────┴─ Obj::a ─▶ Obj #1      ◀── cut here\n"));
  CHECK_THAT(text, ContainsSubstring("cut Obj::a: make it std::weak_ptr<Obj>. It points back"));
}

TEST_CASE("a report without findings says so in every format") {
  const auto sum = merged_from({{"a.json", clean()}, {"b.json", clean()}});
  CHECK(rendered("text", sum) == "gordian: no cycles in 2 reports\n");
  CHECK_THAT(rendered("markdown", sum), ContainsSubstring("no cycles in 2 reports"));
  CHECK(rendered("github", sum).empty());
  CHECK(ordered_json::parse(rendered("sarif", sum))["runs"][0]["results"].empty());
}

TEST_CASE("SARIF has one run for all programs, and who had each finding") {
  const auto log = ordered_json::parse(
      rendered("sarif", merged_from({{"a.json", ring()}, {"b.json", ring(12)}, {"c.json", clean()}})));
  REQUIRE(log["runs"].size() == 1);
  const auto& run = log["runs"][0];
  CHECK(run["automationDetails"]["id"] == "gordian/all/");
  REQUIRE(run["results"].size() == 1);
  const auto& result = run["results"][0];
  CHECK(result["level"] == "error");
  CHECK(result["occurrenceCount"] == 2);
  CHECK(result["partialFingerprints"]["gordianFinding/v1"] == "3f9a2c71");
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "article.cpp");
  CHECK(result["properties"]["seenBy"].size() == 2);
}

TEST_CASE("what several instances retain together is not made up") {
  auto first = ring();
  auto& finding = first["findings"][0];
  finding["objects"][2]["role"] = "retained";
  finding["retained_objects"] = 1;
  finding["cycle_objects"] = finding["fewest_cycle_objects"] = finding["most_cycle_objects"] = 2;
  const auto alone = rendered("text", merged_from({{"a.json", first}}));
  CHECK_THAT(alone, ContainsSubstring("and keeps 1 more object"));
  CHECK_THAT(rendered("github", merged_from({{"a.json", first}})),
             ContainsSubstring("and 1 more object alive"));
  auto second = first;
  second["program"]["pid"] = 12;
  const auto both = merged_from({{"a.json", first}, {"b.json", second}});
  CHECK_THAT(rendered("text", both), ContainsSubstring("the one that is shown keeps 1 more object"));
  CHECK_THAT(rendered("github", both), !ContainsSubstring("more object"));
}

TEST_CASE("what was accepted stays accepted, by the words of its rule") {
  auto report = ring();
  auto& finding = report["findings"][0];
  finding["suppressed_by"] = "gordian.suppressions:3: type:Obj";
  finding["suppressed_why"] = "it lives as long as the process";
  finding["accepted_by"] = "rule";
  const auto text = rendered("text", merged_from({{"a.json", report}}));
  CHECK_THAT(text,
             ContainsSubstring("gordian.suppressions:3: type:Obj because it lives as long as the process"));
  CHECK_THAT(text, !ContainsSubstring("cut here"));
  const auto document = suites({{"a.json", report}});
  CHECK(document.attributes.at("failures") == "0");
  CHECK(document.children[0].children[1].children[0].name == "skipped");
}

TEST_CASE("JUnit XML has a suite for each program and report, with those that passed") {
  auto other = ring(77);
  other["program"]["path"] = "/home/you/other";
  const auto document = suites({{"out/unit.4711.json", ring()},
                                {"out/unit.12.json", ring(12)},
                                {"out/unit.77.json", other},
                                {"out/4711.json", clean()}});
  CHECK(document.attributes.at("tests") == "3");
  CHECK(document.attributes.at("failures") == "2");
  REQUIRE(document.children.size() == 3);
  const auto& both = document.children[0];
  CHECK(both.attributes.at("name") == "gordian article.unit");
  CHECK(both.children[0].attributes.at("name") == "cycle 3f9a2c71");
  REQUIRE(both.children[0].children[0].name == "failure");
  CHECK_THAT(both.children[0].children[0].text, ContainsSubstring("(pid 12)"));
  const auto& passed = document.children[1];
  CHECK(passed.attributes.at("failures") == "0");
  CHECK(passed.children[0].attributes.at("classname") == "clean");
  CHECK(passed.children[0].attributes.at("name") == "no reference cycles");
  CHECK(passed.children[0].children.empty());
  CHECK(document.children[2].attributes.at("name") == "gordian other.unit");
}

TEST_CASE("a suite's name has no process number, and no number is taken for one") {
  CHECK(suite_name("out/leaks.4711.json", "/t/leaks", 4711) == "leaks");
  CHECK(suite_name("4711.json", "/t/leaks", 4711) == "leaks");
  CHECK(suite_name("4711-report.json", "/t/leaks", 4711) == "leaks.report");
  CHECK(suite_name("report-4711.json", "/t/leaks", 4711) == "leaks.report");
  CHECK(suite_name("v47110.4711.json", "/t/leaks", 4711) == "leaks.v47110");
  CHECK(suite_name("bug14711.json", "/t/leaks", 4711) == "leaks.bug14711");
  CHECK(suite_name("all.json", "", 0) == "all");
  CHECK(suite_name("", "", 0) == "program");
}

TEST_CASE("a finding that cannot be drawn is refused, with the file that has it") {
  const auto refused = [](const std::function<void(ordered_json & finding)>& damage) {
    auto report = ring();
    damage(report["findings"][0]);
    const auto sum = merged_from({{"a.json", report}});
    CHECK_THROWS_WITH(RestoredReport(sum), ContainsSubstring("a.json: the objects of cycle 3f9a2c71"));
  };
  refused([](auto& finding) { finding["objects"] = ordered_json::array(); });
  refused([](auto& finding) { finding["objects"][1]["id"] = 1; });
  refused([](auto& finding) { finding["references"][0]["to"] = 9; });
  refused([](auto& finding) {
    for (int id = 4; id <= 1001; ++id) {
      finding["objects"].push_back(finding["objects"][0]);
      finding["objects"].back()["id"] = id;
    }
  });
  refused([](auto& finding) {
    for (auto& object : finding["objects"]) object["role"] = "retained";
  });
}

TEST_CASE("no value that the schema allows makes a format do more than render or refuse") {
  std::size_t rendered_reports = 0;
  const auto places = ring().flatten();
  for (const auto& [place, value] : places.items()) {
    for (const ordered_json& other :
         {ordered_json(0), ordered_json(18446744073709551615U), ordered_json(""), ordered_json("0x"),
          ordered_json("orphan"), ordered_json("likely"), ordered_json(nullptr), ordered_json(true)}) {
      auto changed = ring();
      changed[ordered_json::json_pointer(place)] = other;
      try {
        const auto sum = merged_from({{"a.json", changed}});
        for (const char* format : {"junit", "sarif", "github"}) rendered(format, sum);
        ++rendered_reports;
      } catch (const Error&) {  // refused
      }
    }
  }
  CHECK(rendered_reports > 100);
}
