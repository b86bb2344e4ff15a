// suppress_command_test.cpp - `gordian suppress`, and reports that are given what it wrote.
#include <sys/stat.h>

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

struct SuppressFiles {
  ScratchDirectory directory;
  MemoryFile ring{ring_of_three().bytes()};
  std::string rules = directory.file("own.suppressions");
  std::string report = directory.file("report.json");

  int report_with(const std::vector<std::string>& options) const {
    std::vector<std::string> words = {"report", ring.path().string(), "--json", report};
    words.insert(words.end(), options.begin(), options.end());
    return gordian_with(words);
  }
  json finding() const { return json::parse(contents(report))["findings"][0]; }
  std::string id() const {
    report_with({});
    return finding()["id"];
  }
  void write(const std::string& text) const { std::ofstream(rules) << text; }
};

}  // namespace

TEST_CASE("a finding that is suppressed fails no run, and is still told") {
  const SuppressFiles files;
  const std::string id = files.id();
  REQUIRE(gordian_with({"suppress", id, "--why", "the ring is meant", "--to", files.rules}) == 0);
  CHECK(contents(files.rules) == "id:" + id + " because the ring is meant\n");
  CHECK(files.report_with({"--suppressions", files.rules}) == 0);
  CHECK(files.finding()["suppressed_by"] == files.rules + ":1: id:" + id);
  CHECK(files.finding()["suppressed_why"] == "the ring is meant");
  const json summary = json::parse(contents(files.report))["summary"];
  CHECK(summary["suppressed"] == 1);
  CHECK(summary["cycles"] == 0);
  CHECK(summary["objects_in_cycles"] == 0);
  CHECK(summary["bytes"] == 0);
  CHECK(files.report_with({}) == 1);
  CHECK(files.finding()["suppressed_by"].is_null());
}

TEST_CASE("a report tells what the finding is, as a comment") {
  const SuppressFiles files;
  const std::string id = files.id();
  files.write("# ours");  // without a line's end
  REQUIRE(gordian_with({"suppress", id, "--why", "meant", "--in", files.report, "--to", files.rules}) == 0);
  CHECK_THAT(contents(files.rules),
             Catch::Matchers::StartsWith("# ours\n# cycle " + id + " · <unknown type> · 3 objects · "));
  CHECK_THAT(contents(files.rules), Catch::Matchers::EndsWith("\nid:" + id + " because meant\n"));
  const std::string other = "00000000";
  CHECK_THAT(complaint_of({"suppress", other, "--why", "x", "--in", files.report, "--to", files.rules}),
             ContainsSubstring("has no finding 00000000"));
}

TEST_CASE("rules by type and by what LeakSanitizer is told accept, and those that do not are told") {
  const SuppressFiles files;
  files.write("type:Nothing because x\nleak:article\n");
  CHECK(files.report_with({"--suppressions", files.rules}) == 0);
  CHECK(files.finding()["suppressed_by"] == files.rules + ":2: leak:article");
  CHECK(files.finding()["suppressed_why"].is_null());
  CHECK(json::parse(contents(files.report))["unused_suppressions"] == json{files.rules + ":1: type:Nothing"});
}

TEST_CASE("nothing is written where something is wrong") {
  const SuppressFiles files;
  const auto why_not = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"suppress", "3f9a2c71", "--to", files.rules};
    words.insert(words.end(), more.begin(), more.end());
    return complaint_of(words);
  };
  CHECK_THAT(why_not({}), ContainsSubstring("say why"));
  CHECK_THAT(why_not({"--why", "  "}), ContainsSubstring("say why"));
  CHECK_FALSE(std::filesystem::exists(files.rules));
  CHECK_THAT(complaint_of({"suppress", "3f9a2c71", "--why", "x", "--to", ""}),
             ContainsSubstring("name a file"));

  const std::string bad = "type:A because x\nnonsense\n";
  files.write(bad);
  CHECK_THAT(why_not({"--why", "x"}), ContainsSubstring(files.rules + ":2:1: "));
  CHECK(contents(files.rules) == bad);

  const std::string twice = "id:3f9a2c71 because y\n";
  files.write(twice);
  CHECK_THAT(why_not({"--why", "x"}),
             ContainsSubstring(files.rules + ":1: accepts 3f9a2c71 already, because y"));
  CHECK(contents(files.rules) == twice);
}

TEST_CASE("a bad suppression file ends a report by line and column, and no report is written") {
  const SuppressFiles files;
  files.write("type:Obj\n");
  CHECK_THAT(complaint_of({"report", files.ring.path().string(), "--json", files.report, "--suppressions",
                           files.rules}),
             ContainsSubstring(files.rules + ":1:9: the reason is missing"));
  CHECK_FALSE(std::filesystem::exists(files.report));
}

TEST_CASE("the file keeps its mode, and a link to it stays one") {
  const SuppressFiles files;
  files.write("");
  REQUIRE(::chmod(files.rules.c_str(), 0664) == 0);
  const std::string link = files.directory.file("link");
  std::filesystem::create_symlink("own.suppressions", link);
  REQUIRE(gordian_with({"suppress", "3f9a2c71", "--why", "x", "--to", link}) == 0);
  CHECK(std::filesystem::is_symlink(link));
  CHECK(contents(files.rules) == "id:3f9a2c71 because x\n");
  struct stat status {};
  REQUIRE(::stat(files.rules.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0664);
}
