// merge_command_test.cpp - `gordian merge` from files to files and the exit status.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "catch.h"
#include "commands/command_of_words.h"
#include "commands/scratch_directory.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;
using nlohmann::json;

namespace {

struct MergeFiles {
  ScratchDirectory directory;
  MemoryFile ring{ring_of_three().bytes()};
  std::string a = directory.file("a.json");
  std::string b = directory.file("b.json");
  std::string sum = directory.file("sum.json");

  MergeFiles() {
    for (const auto& path : {a, b})
      REQUIRE(gordian_with({"report", ring.path().string(), "--json", path}) == 1);
  }
  int merge(std::vector<std::string> words) const {
    words.insert(words.begin(), "merge");
    words.insert(words.end(), {"--json", sum});
    return gordian_with(words);
  }
  json merged() const { return json::parse(contents(sum)); }
};

}  // namespace

TEST_CASE("reports and snapshots are summed") {
  const MergeFiles files;
  CHECK(files.merge({files.a, files.ring.path().string(), files.b}) == 0);
  const auto sum = files.merged();
  REQUIRE(sum["findings"].size() == 1);
  CHECK(sum["findings"][0]["instances"] == 3);
  CHECK(sum["findings"][0]["seen_by"][0]["file"] == files.a);
  CHECK(sum["findings"][0]["seen_by"][2]["file"] == files.b);
}

TEST_CASE("a merged report is an input of diff and of merge") {
  const MergeFiles files;
  REQUIRE(files.merge({files.a, files.b}) == 0);
  const auto diff = [&](const std::string& before, const std::string& after) {
    return gordian_with({"diff", before, after, "--text", "/dev/null"});
  };
  CHECK(diff(files.a, files.sum) == 1);
  CHECK(diff(files.sum, files.a) == 0);
  const auto before = contents(files.sum);
  CHECK(files.merge({files.sum}) == 0);
  CHECK(contents(files.sum) == before);
}

TEST_CASE("merging fails only where that was asked for") {
  const MergeFiles files;
  CHECK(files.merge({files.a}) == 0);
  CHECK(files.merge({files.a, "--fail-on", "cycles"}) == 1);
  CHECK(files.merge({files.a, "--fail-on", "orphans"}) == 1);
  CHECK(files.merge({files.a, "--fail-on", "none"}) == 0);
  auto suppressed = json::parse(contents(files.a));
  suppressed["findings"][0]["suppressed_by"] = "known";
  std::ofstream(files.a) << suppressed;
  CHECK(files.merge({files.a, "--fail-on", "cycles"}) == 0);
}

TEST_CASE("a file that is named twice, by whatever name, counts once, and is noted") {
  std::ostringstream said;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("gordian", std::make_shared<spdlog::sinks::ostream_sink_st>(said)));
  const MergeFiles files;
  const auto link = files.directory.file("link");
  std::filesystem::create_symlink(files.a, link);
  std::ofstream(files.directory.file("list")) << files.a << "\n" << files.b << "\n";
  CHECK(files.merge({files.a, link, "@" + files.directory.file("list")}) == 0);
  CHECK(files.merged()["findings"][0]["instances"] == 2);
  CHECK(files.merged()["merged"]["reports"] == 2);
  CHECK(files.merge({files.a, files.sum}) == 0);
  spdlog::set_default_logger(before);
  CHECK_THAT(said.str(), ContainsSubstring(link + " and 1 more name were named before") &&
                             ContainsSubstring(files.a + " may have been counted twice"));
}

TEST_CASE("one bad file is named, and nothing is overwritten") {
  const MergeFiles files;
  std::ofstream(files.sum) << "precious";
  const auto bad = files.directory.file("bad.json");
  const auto text = contents(files.a);
  for (const std::string& content :
       {std::string(), std::string("x"), std::string("{}"), text.substr(0, 500)}) {
    std::ofstream(bad) << content;
    CHECK_THROWS_WITH(files.merge({files.a, bad, files.b}), Catch::Matchers::StartsWith(bad + ":"));
  }
  CHECK_THROWS_WITH(files.merge({files.a, files.directory.file("none")}),
                    ContainsSubstring("cannot be opened"));
  CHECK_THROWS_WITH(files.merge({files.a, files.directory.file("")}),
                    ContainsSubstring("is a directory; name"));
  CHECK(contents(files.sum) == "precious");
}

TEST_CASE("merge asks for files, and for lists that name some") {
  const MergeFiles files;
  CHECK_THROWS_WITH(gordian_with({"merge"}), ContainsSubstring("FILES are required"));
  std::ofstream(files.directory.file("list")) << "\n";
  CHECK_THROWS_WITH(files.merge({"@" + files.directory.file("list")}), "the lists name no files");
  CHECK_THROWS_WITH(gordian_with({"merge", "a", "-o"}), ContainsSubstring("--json"));
  CHECK_THROWS_WITH(gordian_with({"merge", "a", "--colour"}), ContainsSubstring("--colour"));
}

TEST_CASE("a sum is written in every format that was asked for, and a cycle fails in it by default") {
  const MergeFiles files;
  const auto junit = files.directory.file("all.xml");
  const auto html = files.directory.file("all.html");
  const auto sarif = files.directory.file("all.sarif");
  const auto markdown = files.directory.file("all.md");
  CHECK(files.merge({files.a, files.b, "--junit", junit, "--html", html, "--sarif", sarif, "--markdown",
                     markdown}) == 0);
  CHECK_THAT(contents(junit), ContainsSubstring("failures=\"1\""));
  CHECK_THAT(contents(html), ContainsSubstring("<!DOCTYPE html>"));
  CHECK(json::parse(contents(sarif))["runs"][0]["results"][0]["level"] == "error");
  CHECK_THAT(contents(markdown), ContainsSubstring("### gordian: 2 cycles keep"));
  CHECK(files.merge({files.a, "--sarif", sarif, "--fail-on", "cycles"}) == 1);
}

TEST_CASE("what fails in the formats is what --fail-on says, and nothing where it says none") {
  const MergeFiles files;
  const auto junit = files.directory.file("all.xml");
  const auto sarif = files.directory.file("all.sarif");
  const auto merged_with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {files.a, "--junit", junit, "--sarif", sarif};
    words.insert(words.end(), more.begin(), more.end());
    return files.merge(words);
  };
  CHECK(merged_with({}) == 0);
  CHECK_THAT(contents(junit), ContainsSubstring("failures=\"1\""));
  CHECK(merged_with({"--fail-on=none"}) == 0);
  CHECK_THAT(contents(junit), ContainsSubstring("failures=\"0\""));
  CHECK(json::parse(contents(sarif))["runs"][0]["results"][0]["level"] != "error");
  CHECK(merged_with({"--fail-on=cycles"}) == 1);
  CHECK_THAT(contents(junit), ContainsSubstring("failures=\"1\""));
}

TEST_CASE("an example that cannot be drawn is refused before anything is written") {
  const MergeFiles files;
  auto damaged = json::parse(contents(files.a));
  damaged["findings"][0]["references"][0]["to"] = 1000;
  std::ofstream(files.a) << damaged;
  for (const std::string format : {"--junit", "--sarif"}) {
    std::ofstream(files.sum) << "precious";
    const auto path = files.directory.file("other");
    CHECK_THROWS_AS(files.merge({files.a, format, path}), Error);
    CHECK(contents(files.sum) == "precious");
    CHECK_FALSE(std::filesystem::exists(path));
  }
}

TEST_CASE("that several checks of one process are merged is noted") {
  std::ostringstream said;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("gordian", std::make_shared<spdlog::sinks::ostream_sink_st>(said)));
  const MergeFiles files;
  for (const auto& [path, check] : {std::pair(files.a, 1), {files.b, 2}}) {
    auto report = json::parse(contents(path));
    report["program"]["check"] = check;
    std::ofstream(path) << report;
  }
  CHECK(files.merge({files.a}) == 0);
  CHECK(said.str().empty());
  CHECK(files.merge({files.a, files.b}) == 0);
  spdlog::set_default_logger(before);
  CHECK_THAT(said.str(),
             ContainsSubstring(files.b + " is another check of a process that was counted before"));
}
