// source_file_test.cpp - commands/source_file.h
#include "commands/source_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "base/error.h"
#include "catch.h"
#include "commands/command_of_words.h"
#include "commands/scratch_directory.h"

using namespace gordian;
using namespace gordian::test;

namespace {

struct Bench {
  ScratchDirectory directory;
  std::string path = directory.file("rules");

  SourceFile open() const { return SourceFile(path, "a suppression file", 100); }
  void write(const std::string& text) const { std::ofstream(path) << text; }
};

template <typename F>
std::string complaint(F f) {
  try {
    f();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a file that is not there is made, as the umask has it") {
  const Bench bench;
  const SourceFile file = bench.open();
  CHECK_FALSE(file.text());
  file.replace("x");
  CHECK(contents(bench.path) == "x");
  struct stat status {};
  REQUIRE(::stat(bench.path.c_str(), &status) == 0);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  CHECK((status.st_mode & 07777) == (0666 & ~mask));
}

TEST_CASE("what somebody else has written meanwhile stays") {
  const Bench bench;
  bench.write("one");
  {
    const SourceFile file = bench.open();
    bench.write("another");
    CHECK(complaint([&] { file.replace("x"); }) ==
          bench.path + ": was changed meanwhile, and is left as it is; try again");
    CHECK(contents(bench.path) == "another");
  }
  std::filesystem::remove(bench.path);
  const SourceFile none = bench.open();
  bench.write("new");
  CHECK_THAT(complaint([&] { none.replace("x"); }), ContainsSubstring("was changed meanwhile"));
  CHECK(contents(bench.path) == "new");
}

TEST_CASE("who adds to a file at the same time waits, and nothing is lost") {
  const Bench bench;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      const SourceFile file = bench.open();
      file.replace(file.text().value_or("") + "x");
    });
  }
  for (auto& writer : writers) writer.join();
  CHECK(contents(bench.path) == "xxxxxxxx");
}

TEST_CASE("a file that could not be read again is not written") {
  const Bench bench;
  bench.write("one");
  CHECK(complaint([&] { bench.open().replace(std::string(101, 'x')); }) ==
        bench.path + ": would become too large for a suppression file");
  CHECK(contents(bench.path) == "one");
}

TEST_CASE("a link to nothing, a directory and a file below a file are no places for one") {
  const Bench bench;
  std::filesystem::create_symlink("nowhere", bench.path);
  CHECK_THAT(complaint([&] { bench.open(); }), ContainsSubstring("is a link that leads nowhere"));
  CHECK(std::filesystem::is_symlink(bench.path));
  std::filesystem::remove(bench.path);
  std::filesystem::create_directory(bench.path);
  CHECK_THAT(complaint([&] { bench.open(); }), ContainsSubstring("is no regular file"));
  std::filesystem::remove(bench.path);
  bench.write("one");
  CHECK_THAT(complaint([&] { SourceFile(bench.path + "/below", "a baseline", 100); }),
             ContainsSubstring("Not a directory"));
  CHECK_THAT(complaint([&] { SourceFile(bench.directory.file("no/such"), "a baseline", 100).replace("x"); }),
             ContainsSubstring("cannot be written: No such file"));
}

TEST_CASE("another user's link in a directory for everybody is not followed") {
  const Bench bench;
  const std::string precious = bench.directory.file("precious");
  std::ofstream(precious) << "precious";
  std::filesystem::create_symlink(precious, bench.path);
  REQUIRE(::chmod(bench.directory.file("").c_str(), 01777) == 0);
  CHECK(bench.open().text() == "precious");  // one of ours
  if (::geteuid() != 0) {
    WARN("only root can make another user's files");
    return;
  }
  REQUIRE(::lchown(bench.path.c_str(), 65534, 65534) == 0);
  CHECK_THAT(complaint([&] { bench.open(); }), ContainsSubstring("is another user's link"));
}

TEST_CASE("a file that is not to be written is not") {
  const Bench bench;
  bench.write("one");
  REQUIRE(::chmod(bench.path.c_str(), 0444) == 0);
  if (::access(bench.path.c_str(), W_OK) == 0) return;  // root may
  CHECK_THAT(complaint([&] { bench.open().replace("x"); }),
             ContainsSubstring("cannot be written: Permission denied"));
  CHECK(contents(bench.path) == "one");
}
