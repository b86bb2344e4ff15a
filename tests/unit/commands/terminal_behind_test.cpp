// terminal_behind_test.cpp - what the environment makes of a terminal.
#include "commands/terminal_behind.h"

#include <unistd.h>

#include <map>

#include "catch.h"

using namespace gordian;

namespace {

using Environment = std::map<std::string, std::string>;

Terminal terminal_in(const Environment& environment, std::size_t columns = 100) {
  return terminal_of(columns, [&](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? "" : found->second;
  });
}

}  // namespace

TEST_CASE("what is no terminal can do nothing") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  CHECK(terminal_behind(ends[1]) == Terminal());
  ::close(ends[0]);
  ::close(ends[1]);
  CHECK(terminal_behind(987) == Terminal());
}

TEST_CASE("a terminal is as wide as the kernel says, or COLUMNS where it is a number") {
  CHECK(terminal_in({}).width == 100);
  CHECK(terminal_in({{"COLUMNS", "132"}}).width == 132);
  CHECK(terminal_in({{"COLUMNS", "132"}}, 0).width == 132);
  for (const char* wrong : {"", "0", "-1", "wide", "80x", " 80", "99999999999999999999"}) {
    INFO(wrong);
    CHECK(terminal_in({{"COLUMNS", wrong}}).width == 100);
  }
}

TEST_CASE("a terminal is taken for no narrower than 60 columns, and one of unknown width for endless") {
  CHECK(terminal_in({}, 20).width == 60);
  CHECK(terminal_in({{"COLUMNS", "1"}}).width == 60);
  CHECK(terminal_in({}, 0).width == 0);
}

TEST_CASE("a terminal has colour unless NO_COLOR is set") {
  CHECK(terminal_in({}).colour);
  CHECK(terminal_in({{"NO_COLOR", ""}}).colour);
  CHECK_FALSE(terminal_in({{"NO_COLOR", "1"}}).colour);
}
