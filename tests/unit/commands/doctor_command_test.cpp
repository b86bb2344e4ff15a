// doctor_command_test.cpp - `gordian doctor`: its words and its exit status. Programs of every kind are in
// tests/integration/doctor.sh.
#include <sys/stat.h>

#include "catch.h"
#include "commands/command_of_words.h"
#include "commands/exit_status.h"
#include "commands/scratch_directory.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::string file_with(const ScratchDirectory& scratch, const std::string& bytes, mode_t mode) {
  std::string path = scratch.file("program");
  std::ofstream(path, std::ios::binary) << bytes;
  ::chmod(path.c_str(), mode);
  return path;
}

}  // namespace

TEST_CASE("a program of the system is fine") {
  CHECK(gordian_with({"doctor", "/bin/true"}) == kNothingFails);
}

TEST_CASE("a program is found by PATH") {
  const ScratchDirectory scratch;
  file_with(scratch, contents("/bin/true"), 0755);
  const std::string place = std::filesystem::path(scratch.file("program")).parent_path();
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", (before + ":" + place).c_str(), 1);
  const int found = gordian_with({"doctor", "program"});
  ::setenv("PATH", before.c_str(), 1);
  CHECK(found == kNothingFails);
}

TEST_CASE("what cannot be checked is told on standard output, and fails") {
  const ScratchDirectory scratch;
  CHECK(gordian_with({"doctor", file_with(scratch, "#!/bin/sh\n", 0755)}) == kSomethingFails);
  CHECK(gordian_with({"doctor", file_with(scratch, contents("/bin/true"), 04755)}) == kSomethingFails);
  std::string foreign = contents("/bin/true");
  foreign[18] = 22;  // e_machine of S/390
  CHECK(gordian_with({"doctor", file_with(scratch, foreign, 0755)}) == kSomethingFails);
}

TEST_CASE("a file need not be executable") {
  const ScratchDirectory scratch;
  CHECK(gordian_with({"doctor", file_with(scratch, contents("/bin/true"), 0644)}) == kNothingFails);
}

TEST_CASE("what gordian cannot tell is an error that says why") {
  const ScratchDirectory scratch;
  CHECK_THAT(complaint_of({"doctor"}), ContainsSubstring("PROGRAM is required"));
  CHECK_THAT(complaint_of({"doctor", "/nonexistent"}), ContainsSubstring("no such file"));
  CHECK_THAT(complaint_of({"doctor", "/tmp"}), ContainsSubstring("is a directory"));
  CHECK_THAT(complaint_of({"doctor", file_with(scratch, "text", 0755)}),
             ContainsSubstring("neither a whole ELF"));
  CHECK_THAT(complaint_of({"doctor", "/bin/true", "--families", "/nonexistent"}),
             ContainsSubstring("/nonexistent"));
}
