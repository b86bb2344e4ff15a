// diff_command_test.cpp - `gordian diff` from files to files and the exit status.
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>
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

struct DiffFiles {
  ScratchDirectory directory;
  MemoryFile ring{ring_of_three().bytes()};
  MemoryFile clean{SnapshotWriter().bytes()};
  std::string ring_json = directory.file("ring.json");
  std::string clean_json = directory.file("clean.json");

  DiffFiles() {
    REQUIRE(gordian_with({"report", ring.path().string(), "--json", ring_json}) == 1);
    REQUIRE(gordian_with({"report", clean.path().string(), "--json", clean_json}) == 0);
  }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(directory.file(name), std::ios::binary) << text;
    return directory.file(name);
  }
  int diff(const std::string& before, const std::string& after, std::vector<std::string> options = {}) const {
    options.insert(options.begin(), {"diff", before, after, "--text", directory.file("d.txt")});
    return gordian_with(options);
  }
  std::string text() const { return contents(directory.file("d.txt")); }
};

}  // namespace

TEST_CASE("a cycle that is new fails, one that is gone does not") {
  const DiffFiles files;
  CHECK(files.diff(files.clean_json, files.ring_json) == 1);
  CHECK_THAT(files.text(), Catch::Matchers::StartsWith("gordian: 1 new ("));
  CHECK(files.diff(files.ring_json, files.clean_json) == 0);
  CHECK_THAT(files.text(), Catch::Matchers::StartsWith("gordian: 1 gone ("));
}

TEST_CASE("--fail-on says which changes fail") {
  const DiffFiles files;
  auto twice = json::parse(contents(files.ring_json));
  twice["findings"][0]["instances"] = 2;
  const auto more = files.write("more.json", twice.dump());
  const auto status = [&](const std::string& before, const std::string& after, const std::string& fail_on) {
    return files.diff(before, after, {"--fail-on", fail_on});
  };
  CHECK(status(files.clean_json, files.ring_json, "new") == 1);
  CHECK(status(files.clean_json, files.ring_json, "more") == 0);
  CHECK(status(files.clean_json, files.ring_json, "none") == 0);
  CHECK(status(files.ring_json, more, "new") == 0);
  CHECK(status(files.ring_json, more, "more") == 1);
  CHECK(status(files.ring_json, more, "any") == 1);
  CHECK(status(more, files.ring_json, "any") == 0);
}

TEST_CASE("a snapshot and the report that is made of it are the same") {
  const DiffFiles files;
  const auto ring = files.ring.path().string();
  CHECK(files.diff(ring, files.ring_json) == 0);
  CHECK_THAT(files.text(), Catch::Matchers::StartsWith("gordian: 1 unchanged ("));
  CHECK(files.diff(files.ring_json, ring) == 0);
  CHECK(files.diff(files.clean.path().string(), ring) == 1);
}

TEST_CASE("the JSON goes where it shall, and the same reports give the same bytes") {
  const DiffFiles files;
  const auto path = files.directory.file("d.json");
  CHECK(files.diff(files.clean_json, files.ring_json, {"--json", path}) == 1);
  const auto first = contents(path);
  CHECK(json::parse(first)["summary"]["new"] == 1);
  CHECK(json::parse(first)["old"]["file"] == files.clean_json);
  CHECK(files.diff(files.clean_json, files.ring_json, {"--json", path}) == 1);
  CHECK(contents(path) == first);
}

TEST_CASE("a report through a pipe is read") {
  const DiffFiles files;
  const auto pipe = files.directory.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(pipe) << contents(files.ring_json); });
  CHECK(files.diff(files.clean_json, pipe) == 1);
  writer.join();
}

TEST_CASE("a file that is no report is named with what is wrong, and nothing is overwritten") {
  const DiffFiles files;
  files.write("d.txt", "precious");
  const auto& good = files.ring_json;
  const auto fails_with = [&](const std::string& path, const std::string& message) {
    INFO(path);
    CHECK_THROWS_WITH(files.diff(good, path), Catch::Matchers::StartsWith(path + message));
    CHECK_THROWS_WITH(files.diff(path, good), Catch::Matchers::StartsWith(path + message));
    CHECK(files.text() == "precious");
  };
  fails_with(files.directory.file("none"), ": cannot be opened: No such file or directory");
  fails_with(files.write("empty", ""), ": is empty");
  fails_with(files.write("blank", " \n"), ":1:2: ends early");
  fails_with(files.write("text", "hello"), ": is neither a JSON report nor a snapshot");
  fails_with(files.write("list.json", "[]"), ": is neither a JSON report nor a snapshot");
  fails_with(files.write("other.json", "{\"a\": 1}"), ":1:8: the document has no \"format\"");
  fails_with(files.write("version.json", R"({"format": "gordian-report", "version": 2})"),
             ":1:42: is a report of version 2");
  const auto text = contents(good);
  fails_with(files.write("cut.json", text.substr(0, text.size() / 2)), ":");
  CHECK_THROWS_WITH(files.diff(good, files.directory.file("cut.json")), ContainsSubstring("ends early"));
  auto bytes = ring_of_three().bytes();
  bytes.back() ^= std::byte{1};
  fails_with(files.write("bad.gsnap", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}), ":");
  fails_with(files.write("unfinished.gsnap", std::string(4096, '\0')), ":");
}

TEST_CASE("a directory is refused with a hint") {
  const DiffFiles files;
  CHECK_THROWS_WITH(files.diff(files.ring_json, files.directory.file("")),
                    files.directory.file("") + ": is a directory; name the reports in it, for example " +
                        files.directory.file("") + "*.json");
}

TEST_CASE("diff asks for both reports, and takes standard input once") {
  CHECK_THROWS_WITH(gordian_with({"diff"}), ContainsSubstring("OLD and NEW are required"));
  CHECK_THROWS_WITH(gordian_with({"diff", "a"}), ContainsSubstring("OLD and NEW are required"));
  CHECK_THROWS_WITH(gordian_with({"diff", "-", "-"}), ContainsSubstring("cannot both be standard input"));
  CHECK_THROWS_WITH(gordian_with({"diff", "a", "b", "c"}), ContainsSubstring("c"));
  CHECK_THROWS_WITH(gordian_with({"diff", "a", "b", "--fail-on", "fewer"}),
                    ContainsSubstring("fewer not in"));
  CHECK_THROWS_WITH(gordian_with({"diff", "a", "b", "--json="}), "--json= needs a value: --json=PATH");
}
