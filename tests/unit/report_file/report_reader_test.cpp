// report_reader_test.cpp - what a report says comes out; another version is refused.
#include "report_file/report_reader.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.h"
#include "report_file/json_reader.h"

using namespace gordian;
using nlohmann::ordered_json;

namespace {

std::string golden(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(std::string(GORDIAN_GOLDEN_DIR) + "/" + name).rdbuf();
  return text.str();
}

struct Read {
  ReportedRun run;
  std::vector<ReportedFinding> findings;
  std::vector<ordered_json> json;
};

Read read(const std::string& text) {
  TextSource source("r.json", text);
  Read result;
  result.run = read_report(source, [&](ReportedFinding&& finding, ordered_json&& json) {
    result.findings.push_back(std::move(finding));
    result.json.push_back(std::move(json));
  });
  return result;
}

ordered_json article() {
  return ordered_json::parse(golden("article_ring.json"));
}

}  // namespace

TEST_CASE("the golden report of a ring comes out with all it says") {
  const Read ring = read(golden("article_ring.json"));
  CHECK(ring.run.program == "/home/you/article");
  CHECK(ring.run.pid == 4711);
  CHECK(ring.run.totals.cycles == 1);
  CHECK(ring.run.totals.objects_in_cycles == 3);
  CHECK(ring.run.totals.bytes == 192);
  CHECK(ring.run.reports == 1);
  CHECK(ring.run.reports_with_findings == 1);
  REQUIRE(ring.findings.size() == 1);
  const auto& finding = ring.findings[0];
  CHECK(finding.id == "3f9a2c71");
  CHECK(finding.kind == FindingKind::cycle);
  CHECK(finding.evidence == Evidence::proved);
  CHECK(finding.root);
  CHECK(finding.instances == 1);
  CHECK(finding.cycle_objects == 3);
  CHECK(finding.bytes == 192);
  CHECK(finding.types == std::vector<std::string>{"Obj"});
  CHECK(finding.cut == "Obj::a: make it std::weak_ptr<Obj>");
  CHECK_FALSE(finding.test);
  CHECK_FALSE(finding.suppressed_by);
  CHECK(ring.json[0] == article()["findings"][0]);
}

TEST_CASE("a clean report has no finding") {
  const Read clean = read(golden("clean.json"));
  CHECK(clean.findings.empty());
  CHECK(clean.run.reports_with_findings == 0);
}

TEST_CASE("what is optional is read where it is there") {
  auto report = article();
  report["notes"] = {"a", "b"};
  report["merged"] = {{"reports", 7}, {"with_findings", 3}};
  auto& finding = report["findings"][0];
  finding["kind"] = "orphan";
  finding["evidence"] = "likely";
  finding["root"] = false;
  finding["test"] = "Suite.Case";
  finding["suppressed_by"] = "known";
  finding["objects"][1]["role"] = "orphan";
  finding["objects"][1]["type"] = "Lost";
  finding["cuts"][0]["member"] = nullptr;
  finding["cuts"][0]["path"] = "+0x18";
  finding["seen_by"] = {{{"program", "p"}, {"pid", 5}, {"file", "f"}, {"test", "t"}, {"instances", 2}}};
  finding["seen_by_omitted"] = 4;
  const Read all = read(report.dump());
  CHECK(all.run.notes == std::vector<std::string>{"a", "b"});
  CHECK(all.run.reports == 7);
  CHECK(all.run.reports_with_findings == 3);
  const auto& found = all.findings.at(0);
  CHECK(found.kind == FindingKind::orphan);
  CHECK(found.evidence == Evidence::likely);
  CHECK_FALSE(found.root);
  CHECK(found.test == "Suite.Case");
  CHECK(found.suppressed_by == "known");
  CHECK(found.types == std::vector<std::string>{"Lost"});
  CHECK(found.cut == "the reference at +0x18: make it std::weak_ptr<Obj>");
  REQUIRE(found.seen_by.size() == 1);
  CHECK(found.seen_by[0].program == "p");
  CHECK(found.seen_by[0].pid == 5);
  CHECK(found.seen_by[0].file == "f");
  CHECK(found.seen_by[0].test == "t");
  CHECK(found.seen_by[0].instances == 2);
  CHECK(found.seen_by_omitted == 4);
}

TEST_CASE("a finding whose id is none is refused, and so is one that such a finding holds") {
  for (const char* id : {"1|2\n\n# <img src=x>\x1b[2J", "", "3F9A2C71", "3f9a2c711"}) {
    auto report = article();
    report["findings"][0]["id"] = id;
    CHECK_THROWS_WITH(read(report.dump()), ContainsSubstring("is not eight digits of 0-9 and a-f"));
    report = article();
    report["findings"][0]["held_by"] = {"3f9a2c71", id};
    CHECK_THROWS_WITH(read(report.dump()), ContainsSubstring("is not eight digits of 0-9 and a-f"));
  }
}

TEST_CASE("a report may tell of more places that grew than are in memory at one time") {
  auto report = article();
  const ordered_json frame = {{"function", std::string(4000, 'f')},
                              {"file", nullptr},
                              {"line", nullptr},
                              {"module", "m"},
                              {"offset", "0x1"}};
  const ordered_json site = {
      {"type", "Thing"}, {"before", 0}, {"now", 1}, {"rises", 1}, {"allocation", {frame}}};
  report["grown"] = ordered_json(std::vector<ordered_json>(kMostBytesInOnePart / 4000 + 1, site));
  const std::string text = report.dump();
  REQUIRE(text.size() > kMostBytesInOnePart);
  CHECK(read(text).findings.size() == 1);
}

TEST_CASE("a suppressed finding does not make a report one with findings") {
  auto report = article();
  report["findings"][0]["suppressed_by"] = "known";
  CHECK(read(report.dump()).run.reports_with_findings == 0);
}

TEST_CASE("the order of fields does not matter, and unknown ones are not in the JSON that is given") {
  const auto sorted = nlohmann::json::parse(golden("article_ring.json"));
  auto more = sorted;
  more["findings"][0]["colour"] = "red";
  more["findings"][0]["objects"][0]["colour"] = {1, 2};
  const Read read_more = read(more.dump());
  CHECK(nlohmann::json(read_more.json[0]) == sorted["findings"][0]);
  CHECK(read_more.run.program == "/home/you/article");
}

TEST_CASE("another version and another format are refused in words, before their other fields are") {
  auto report = article();
  report["version"] = 2;
  report["program"] = 5;
  CHECK_THROWS_WITH(
      read(report.dump(2)),
      "r.json:3:15: is a report of version 2, and this gordian reads version 1; use the gordian "
      "that wrote it, or a newer one");
  report["format"] = "gordian-diff";
  CHECK_THROWS_WITH(read(report.dump(2)), "r.json:2:26: is no gordian report, but gordian-diff");
  CHECK_THROWS_WITH(read("{\"runs\": []}"), ContainsSubstring("has no \"format\""));
}
