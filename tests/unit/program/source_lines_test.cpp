// source_lines_test.cpp - single lines of files that may not be there.
#include "program/frames/source_lines.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.h"

using namespace gordian;

namespace {

std::string file_with(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("gordian-lines-" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

}  // namespace

TEST_CASE("a line is given without its outer blanks", "[source]") {
  const std::string path = file_with("first\n\t  auto a = make();  \r\n\nlast");
  SourceLines lines;
  CHECK(lines.line(path, 1) == "first");
  CHECK(lines.line(path, 2) == "auto a = make();");
  CHECK(lines.line(path, 3) == "");
  CHECK(lines.line(path, 4) == "last");
  CHECK(lines.line(path, 5) == std::nullopt);
  CHECK(lines.line(path, 0) == std::nullopt);
  CHECK(lines.line(path, -1) == std::nullopt);
  std::filesystem::remove(path);
  CHECK(lines.line(path, 1) == "first");  // read once
}

TEST_CASE("a file that is empty, missing, a folder or a pipe has no lines", "[source]") {
  const std::string path = file_with("");
  SourceLines lines;
  CHECK(lines.line(path, 1) == std::nullopt);
  std::filesystem::remove(path);
  CHECK(lines.line("/no/such/file.cpp", 1) == std::nullopt);
  CHECK(lines.line("/", 1) == std::nullopt);
  CHECK(lines.line("", 1) == std::nullopt);
  const std::string pipe = path + ".pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(lines.line(pipe, 1) == std::nullopt);
  std::filesystem::remove(pipe);
}

TEST_CASE("the process has one cache of lines", "[source]") {
  const std::string path = file_with("only\n");
  CHECK(source_line(path, 1) == "only");
  std::filesystem::remove(path);
}
