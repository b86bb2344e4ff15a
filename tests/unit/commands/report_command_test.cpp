// report_command_test.cpp - `gordian report` from the snapshot's bytes to its files.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "base/error.h"
#include "catch.h"
#include "commands/command_line.h"
#include "commands/environment_variables.h"
#include "commands/scratch_directory.h"
#include "snapshot/snapshot_writer.h"

using namespace gordian;
using namespace gordian::test;

namespace {

int report(const MemoryFile& snapshot, const std::vector<std::string>& options,
           const std::map<std::string, std::string>& ci = {}) {
  const CiVariables variables(ci);
  const std::string path = snapshot.path().string();
  std::vector<const char*> arguments = {"gordian", "report", path.c_str()};
  for (const auto& option : options) arguments.push_back(option.c_str());
  return run_command_line(static_cast<int>(arguments.size()), arguments.data());
}

// A program that kept nothing: it fails nothing, and is told in one line.
std::vector<std::byte> clean_program() {
  SnapshotWriter writer;
  writer.header.pid = 4711;
  writer.header.program = writer.string("/opt/app");
  return writer.bytes();
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a clean program's reports are written, and nothing fails") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(clean_program());
  CHECK(report(snapshot, {"--text", directory.file("%p.txt"), "--json", directory.file("%p.json")}) == 0);
  CHECK(contents(directory.file("4711.txt")) == "gordian: no cycles in /opt/app (pid 4711)\n");
  CHECK_THAT(contents(directory.file("4711.json")), ContainsSubstring("\"format\": \"gordian-report\""));
  CHECK(report(snapshot, {"--text", directory.file("%p.txt"), "--quiet-when-clean"}) == 0);
  CHECK(contents(directory.file("4711.txt")).empty());
}

TEST_CASE("a leaking program's cycle is told, and fails unless nothing shall") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  CHECK(report(snapshot, {"--text", directory.file("r.txt")}) == 1);
  CHECK_THAT(contents(directory.file("r.txt")),
             Catch::Matchers::StartsWith("gordian: 1 cycle keeps 3 objects"));
  CHECK(report(snapshot, {"--text", directory.file("r.txt"), "--fail-on", "none"}) == 0);
}

TEST_CASE("each format goes where it is told") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::vector<std::pair<std::string, std::string>> beginnings = {
      {"text", "gordian: 1 cycle"},         {"json", "{\n  \"format\": \"gordian-report\""},
      {"sarif", "{\n  \"$schema\": "},      {"junit", "<?xml version=\"1.0\""},
      {"markdown", "### gordian: 1 cycle"}, {"github", "::error "},
      {"html", "<!DOCTYPE html>"}};
  std::vector<std::string> options;
  for (const auto& [name, text] : beginnings) {
    options.push_back("--" + name);
    options.push_back(directory.file(name));
  }
  CHECK(report(snapshot, options) == 1);
  for (const auto& [name, text] : beginnings) {
    INFO(name);
    CHECK_THAT(contents(directory.file(name)), Catch::Matchers::StartsWith(text));
  }
}

TEST_CASE("in a GitHub workflow findings are added to the step's summary") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::string summary = directory.file("summary.md");
  write(summary, "# mine\n");
  const std::map<std::string, std::string> github = {{"GITHUB_ACTIONS", "true"},
                                                     {"GITHUB_STEP_SUMMARY", summary}};
  const std::vector<std::string> options = {"--text", directory.file("r.txt"), "--github",
                                            directory.file("r.github")};
  CHECK(report(snapshot, options, github) == 1);
  CHECK_THAT(contents(summary), Catch::Matchers::StartsWith("# mine\n### gordian: 1 cycle keeps 3 objects"));
  const std::string once = contents(summary);

  CHECK(report(MemoryFile(clean_program()), options, github) == 0);
  CHECK(report(snapshot, options, {{"GITHUB_STEP_SUMMARY", summary}}) == 1);
  auto elsewhere = options;
  elsewhere.insert(elsewhere.end(), {"--markdown", directory.file("r.md")});
  CHECK(report(snapshot, elsewhere, github) == 1);
  CHECK(contents(summary) == once);
  CHECK_THAT(contents(directory.file("r.md")), Catch::Matchers::StartsWith("### gordian: 1 cycle"));
}

TEST_CASE("a step's summary that cannot be written changes no verdict") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::vector<std::string> options = {"--text", directory.file("r.txt"), "--github",
                                            directory.file("r.github")};
  CHECK(report(snapshot, options,
               {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", "/nowhere/summary"}}) == 1);
}

TEST_CASE("every report is attempted, and each that failed is named") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(clean_program());
  CHECK_THROWS_WITH(report(snapshot, {"--text", "/dev/full", "--json", directory.file("r.json")}),
                    "/dev/full: cannot be written: No space left on device");
  CHECK_FALSE(contents(directory.file("r.json")).empty());
  CHECK_THROWS_WITH(report(snapshot, {"--text", "/dev/full", "--json", "/nowhere/r.json"}),
                    "/dev/full: cannot be written: No space left on device; also "
                    "/nowhere/r.json: cannot be written: No such file or directory");
}

TEST_CASE("a families file that says nothing changes nothing") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  for (const char* nothing : {"", "\n", "# only a comment", "mine::Ref object_ mine::Counted::count_\n"}) {
    INFO(nothing);
    write(directory.file("own.families"), nothing);
    CHECK(report(snapshot,
                 {"--families", directory.file("own.families"), "--text", directory.file("r.txt")}) == 1);
    CHECK_THAT(contents(directory.file("r.txt")),
               Catch::Matchers::StartsWith("gordian: 1 cycle keeps 3 objects"));
  }
}

TEST_CASE("a families file that cannot be read is named, and no report is written") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::string path = directory.file("none");
  CHECK_THROWS_WITH(report(snapshot, {"--families", path, "--text", directory.file("r.txt")}),
                    path + ": cannot be read; name a families file");
  CHECK(directory.files() == 0);
}

TEST_CASE("a families file that is a directory or a pipe is refused at once") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  REQUIRE(::mkfifo(directory.file("pipe").c_str(), 0600) == 0);
  for (const std::string& path : {directory.file("pipe"), directory.file(""), std::string("/dev/zero")}) {
    CHECK_THROWS_WITH(report(snapshot, {"--families", path, "--text", directory.file("r.txt")}),
                      path + ": is no regular file; name a families file");
  }
  CHECK(directory.files() == 1);
}

TEST_CASE("a families file by a name that is a link is read") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  write(directory.file("own.families"), "mine::Ref object_ mine::Counted::count_\n");
  std::filesystem::create_symlink("own.families", directory.file("link"));
  CHECK(report(snapshot, {"--families", directory.file("link"), "--text", directory.file("r.txt")}) == 1);
}

TEST_CASE("a row about a class that the program does not have is told in a note, and none without a file") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::string path = directory.file("own.families");
  write(path, "mine::Ref object_ mine::Counted::count_\n");
  CHECK(report(snapshot, {"--families", path, "--text", directory.file("r.txt")}) == 1);
  CHECK_THAT(
      contents(directory.file("r.txt")),
      ContainsSubstring("note: no module's debug info has the handle class mine::Ref (" + path + ":1)"));
  CHECK(report(snapshot, {"--text", directory.file("r.txt")}) == 1);
  CHECK_THAT(contents(directory.file("r.txt")), !ContainsSubstring("handle class"));
}

TEST_CASE("a families file's bad line is named with file, line and column, and no report is written") {
  const ScratchDirectory directory;
  const MemoryFile snapshot(ring_of_three().bytes());
  const std::string path = directory.file("own.families");
  write(path, "# ours\nmine::Ref object_ mine::Counted::count_\nmine::Ptr<int> p count_\n");
  CHECK_THROWS_WITH(report(snapshot, {"--families", path, "--text", directory.file("r.txt")}),
                    path + ":3:1: write the class without its template arguments");
  CHECK(directory.files() == 1);
}

TEST_CASE("a damaged snapshot is an error, and no report is written") {
  const ScratchDirectory directory;
  auto bytes = clean_program();
  bytes.back() ^= std::byte{1};
  const MemoryFile snapshot(bytes);
  CHECK_THROWS_WITH(report(snapshot, {"--text", directory.file("r.txt")}), ContainsSubstring("checksum"));
  CHECK(directory.files() == 0);
}
