// test_terminal.cpp - reports on a terminal: as wide as it, and with links where it has them.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

#include "catch.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

using Environment = std::map<std::string, std::string>;

// `ring`, on a terminal of so many columns that knows neither colours nor links. Whatever the terminal is
// that these tests are run on.
std::string shown_on(unsigned short columns, const Environment& environment = {}) {
  Command command;
  command.arguments = {program_path("ring")};
  command.environment = environment;
  for (const char* name : {"COLUMNS", "FORCE_HYPERLINK", "TERM", "TERM_PROGRAM"})
    command.environment.emplace(name, "");
  command.environment.emplace("NO_COLOR", "1");
  command.terminal_columns = columns;
  const Outcome outcome = run(command);
  CHECK(outcome.status == 23);
  return outcome.out;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto columns = std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    widest = std::max(widest, static_cast<std::size_t>(columns));
  }
  return widest;
}

std::string without_pid(const std::string& text) {
  return std::regex_replace(text, std::regex("pid [0-9]+"), "pid N");
}

std::string link_to_source() {
  std::array<char, 256> host{};
  REQUIRE(gethostname(host.data(), host.size() - 1) == 0);
  return std::string("\x1b]8;;file://") + host.data() + GORDIAN_SOURCE_DIR +
         "/tests/e2e/programs/ring.cpp\x1b\\";
}

}  // namespace

TEST_CASE("a report is as wide as the terminal, and where that is wide enough as in a file") {
  Command command;
  command.arguments = {program_path("ring")};
  command.merge_output = true;
  const std::string in_file = run(command).out;
  const std::size_t whole = widest_line(in_file);
  REQUIRE(whole > 100);
  for (const unsigned short columns : std::array<unsigned short, 3>{60, 80, 100}) {
    const std::string shown = shown_on(columns);
    INFO(shown);
    CHECK(widest_line(shown) <= columns);
    CHECK(widest_line(shown) > columns - 20u);
    CHECK(std::count(shown.begin(), shown.end(), '\n') > std::count(in_file.begin(), in_file.end(), '\n'));
  }
  CHECK(without_pid(shown_on(500)) == without_pid(in_file));
}

TEST_CASE("COLUMNS goes before what the terminal says, and counts for nothing in a file") {
  CHECK(widest_line(shown_on(500, {{"COLUMNS", "70"}})) <= 70);
  CHECK(shown_on(80, {{"COLUMNS", "many"}}) != shown_on(80, {{"COLUMNS", "60"}}));
  Command command;
  command.arguments = {program_path("ring")};
  command.environment = {{"COLUMNS", "70"}};
  CHECK(widest_line(run(command).err) > 70);
}

TEST_CASE("a terminal that follows links has them at the places in the source, and no other output has") {
  const std::string link = link_to_source();
  CHECK(contains(shown_on(80, {{"TERM", "xterm-kitty"}}), link));
  CHECK(contains(shown_on(80, {{"FORCE_HYPERLINK", "1"}}), link));
  CHECK_FALSE(contains(shown_on(80, {{"TERM", "xterm-kitty"}, {"FORCE_HYPERLINK", "0"}}), "\x1b"));
  CHECK_FALSE(contains(shown_on(80), "\x1b"));
  Command command;
  command.arguments = {program_path("ring")};
  command.environment = {{"FORCE_HYPERLINK", "1"}, {"TERM", "xterm-kitty"}};
  CHECK_FALSE(contains(run(command).err, "\x1b"));
}
