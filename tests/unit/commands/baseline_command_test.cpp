// baseline_command_test.cpp - `gordian baseline`, and reports that are given what it wrote.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "commands/command_of_words.h"
#include "commands/scratch_directory.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian::test;
using nlohmann::json;

namespace {

struct BaselineFiles {
  ScratchDirectory directory;
  MemoryFile ring{ring_of_three().bytes()};
  std::string baseline = directory.file("baseline.json");
  std::string report = directory.file("report.json");
  std::string clean = directory.file("clean.json");

  BaselineFiles() {
    REQUIRE(gordian_with({"report", ring.path().string(), "--json", report}) == 1);
    json none = json::parse(contents(report));
    none["findings"] = json::array();
    std::ofstream(clean) << none;
  }
  int update(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"baseline", baseline};
    words.insert(words.end(), more.begin(), more.end());
    return gordian_with(words);
  }
  std::size_t size() const { return json::parse(contents(baseline))["findings"].size(); }
  std::string id() const { return json::parse(contents(report))["findings"][0]["id"]; }
};

}  // namespace

TEST_CASE("what a baseline has fails no run, and is still told") {
  const BaselineFiles files;
  REQUIRE(files.update({files.report}) == 0);
  const json entry = json::parse(contents(files.baseline))["findings"][0];
  CHECK(entry["id"] == files.id());
  CHECK(entry["instances"] == 1);
  CHECK_THAT(entry["what"].get<std::string>(), ContainsSubstring(" · cut "));
  const std::string after = files.directory.file("after.json");
  CHECK(gordian_with({"report", files.ring.path().string(), "--json", after, "--baseline", files.baseline}) ==
        0);
  const json report = json::parse(contents(after));
  CHECK(report["summary"]["baselined"] == 1);
  CHECK(report["summary"]["suppressed"] == 0);
  CHECK(report["summary"]["cycles"] == 0);
  CHECK(report["findings"][0]["suppressed_by"] == files.baseline);
  // A report that was made with it has all that the baseline has.
  CHECK(files.update({after}) == 0);
}

TEST_CASE("a baseline does not grow unless that is asked for") {
  const BaselineFiles files;
  REQUIRE(files.update({files.clean}) == 0);
  CHECK(files.size() == 0);
  const std::string before = contents(files.baseline);
  CHECK(files.update({files.report}) == 1);
  CHECK(files.update({files.report, "--drop"}) == 1);
  CHECK(contents(files.baseline) == before);
  CHECK(files.update({files.report, "--add"}) == 0);
  CHECK(files.size() == 1);
  CHECK(files.update({files.report}) == 0);
}

TEST_CASE("what is gone is taken out when that is asked for") {
  const BaselineFiles files;
  REQUIRE(files.update({files.report}) == 0);
  CHECK(files.update({files.clean}) == 1);
  CHECK(files.update({files.clean, "--add"}) == 1);
  CHECK(files.size() == 1);
  CHECK(files.update({files.clean, "--drop"}) == 0);
  CHECK(files.size() == 0);
}

TEST_CASE("several reports are taken together") {
  const BaselineFiles files;
  REQUIRE(files.update({files.clean, files.report}) == 0);
  CHECK(files.size() == 1);
  CHECK(files.update({files.report, files.clean}) == 0);
}

TEST_CASE("what is suppressed, and an orphan that is likely, need no baseline") {
  const BaselineFiles files;
  json report = json::parse(contents(files.report));
  report["findings"][0]["suppressed_by"] = "own.suppressions:1: type:Obj";
  report["findings"].push_back(report["findings"][0]);
  report["findings"][1]["id"] = "00000001";
  report["findings"][1]["kind"] = "orphan";
  report["findings"][1]["evidence"] = "likely";
  report["findings"][1]["suppressed_by"] = nullptr;
  std::ofstream(files.report) << report;
  REQUIRE(files.update({files.report}) == 0);
  CHECK(files.size() == 0);
}

TEST_CASE("how often a finding was there is the most of any process, and is raised when that is asked for") {
  const BaselineFiles files;
  json report = json::parse(contents(files.report));
  const auto with = [&](int instances) {
    report["findings"][0]["instances"] = instances;
    const std::string path = files.directory.file("with-" + std::to_string(instances) + ".json");
    std::ofstream(path) << report;
    return path;
  };
  const auto accepted = [&] { return json::parse(contents(files.baseline))["findings"][0]["instances"]; };
  REQUIRE(files.update({with(2), with(3)}) == 0);
  CHECK(accepted() == 3);
  CHECK(files.update({with(7)}) == 0);
  CHECK(accepted() == 3);
  CHECK(files.update({with(7), "--add"}) == 0);
  CHECK(accepted() == 7);
  const std::string sum = files.directory.file("sum.json");
  REQUIRE(gordian_with(
              {"merge", with(7), with(9), "--text", "/dev/null", "--json", sum, "--fail-on", "none"}) == 0);
  CHECK(files.update({sum, "--add"}) == 0);
  CHECK(accepted() == 9);
}

TEST_CASE("what another baseline accepts is in a new one, too") {
  const BaselineFiles files;
  REQUIRE(files.update({files.report}) == 0);
  const std::string after = files.directory.file("after.json");
  REQUIRE(gordian_with(
              {"report", files.ring.path().string(), "--json", after, "--baseline", files.baseline}) == 0);
  std::filesystem::remove(files.baseline);
  CHECK(files.update({after}) == 0);
  CHECK(files.size() == 1);
}

TEST_CASE("a rule accepts what is read from a snapshot") {
  const BaselineFiles files;
  const std::string rules = files.directory.file("rules");
  std::ofstream(rules) << "id:" << files.id() << " because x\n";
  CHECK(files.update({files.ring.path().string(), "--suppressions", rules}) == 0);
  CHECK(files.size() == 0);
  CHECK(gordian_with({"diff", files.clean, files.ring.path().string(), "--suppressions", rules, "--text",
                      "/dev/null"}) == 0);
}

TEST_CASE("a baseline that could not be read again is not written") {
  const BaselineFiles files;
  json report = json::parse(contents(files.report));
  report["findings"][0]["id"] = "x";
  std::ofstream(files.report) << report;
  CHECK_THAT(complaint_of({"baseline", files.baseline, files.report}), ContainsSubstring("eight digits"));
  CHECK_FALSE(std::filesystem::exists(files.baseline));
}

TEST_CASE("a baseline of more than a thousand findings is read as it was written") {
  const BaselineFiles files;
  json report = json::parse(contents(files.report));
  const json one = report["findings"][0];
  report["findings"] = json::array();
  for (int i = 0; i < 1200; ++i) {
    report["findings"].push_back(one);
    char id[9];
    std::snprintf(id, sizeof id, "%08x", static_cast<unsigned>(i));
    report["findings"].back()["id"] = id;
  }
  std::ofstream(files.report) << report;
  REQUIRE(files.update({files.report}) == 0);
  CHECK(files.update({files.report}) == 0);
  CHECK(files.size() == 1200);
}

TEST_CASE("a bad baseline ends by line and column, and is not overwritten") {
  const BaselineFiles files;
  const std::string bad =
      "{\n  \"format\": \"gordian-baseline\",\n  \"version\": 1,\n  \"findings\": [{}]\n}\n";
  std::ofstream(files.baseline) << bad;
  CHECK_THAT(complaint_of({"baseline", files.baseline, files.report, "--add"}),
             ContainsSubstring(files.baseline + ":4:"));
  CHECK_THAT(complaint_of({"report", files.ring.path().string(), "--baseline", files.baseline}),
             ContainsSubstring(files.baseline + ":4:"));
  CHECK(contents(files.baseline) == bad);
  CHECK_THAT(complaint_of({"report", files.ring.path().string(), "--baseline", files.clean}),
             ContainsSubstring(files.clean + ":"));
}

TEST_CASE("a baseline that is not there is no empty one") {
  const BaselineFiles files;
  CHECK_THAT(complaint_of({"report", files.ring.path().string(), "--baseline", files.baseline}),
             ContainsSubstring("gordian baseline"));
  CHECK_THAT(complaint_of({"baseline", files.baseline}), ContainsSubstring("REPORTS"));
  CHECK_FALSE(std::filesystem::exists(files.baseline));
}
