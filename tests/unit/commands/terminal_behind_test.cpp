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

bool has_links(Environment environment) {
  environment.emplace("TERM", "xterm-256color");
  return terminal_in(environment).links;
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

TEST_CASE("a terminal that calls itself dumb has no colour") {
  CHECK_FALSE(terminal_in({{"TERM", "dumb"}}).colour);
  CHECK(terminal_in({{"TERM", "linux"}}).colour);
}

TEST_CASE("a terminal has colour unless NO_COLOR is set, which says nothing of links") {
  CHECK(terminal_in({}).colour);
  CHECK(terminal_in({{"NO_COLOR", ""}}).colour);
  CHECK_FALSE(terminal_in({{"NO_COLOR", "1"}}).colour);
  CHECK(has_links({{"NO_COLOR", "1"}, {"VTE_VERSION", "7002"}}));
}

TEST_CASE("terminals that are known to follow links get some") {
  for (const Environment& known :
       {Environment{{"VTE_VERSION", "5001"}},
        {{"VTE_VERSION", "7002"}},
        {{"KONSOLE_VERSION", "201203"}},
        {{"WT_SESSION", "guid"}},
        {{"KITTY_WINDOW_ID", "1"}},
        {{"DOMTERM", "version=2"}},
        {{"TERM", "xterm-kitty"}},
        {{"TERM", "foot"}},
        {{"TERM", "alacritty"}},
        {{"TERM", "xterm-ghostty"}},
        {{"TERM_PROGRAM", "iTerm.app"}, {"TERM_PROGRAM_VERSION", "3.1.0"}},
        {{"TERM_PROGRAM", "iTerm.app"}, {"TERM_PROGRAM_VERSION", "4.0"}},
        {{"TERM_PROGRAM", "WezTerm"}, {"TERM_PROGRAM_VERSION", "20230712-072601-f4abf8fd"}},
        {{"TERM_PROGRAM", "vscode"}, {"TERM_PROGRAM_VERSION", "1.85.1"}},
        {{"TERM_PROGRAM", "ghostty"}}}) {
    INFO(known.begin()->first << "=" << known.begin()->second);
    CHECK(has_links(known));
  }
}

TEST_CASE("terminals that are not known to, that are too old, and multiplexers get none") {
  for (const Environment& other : {Environment{},
                                   {{"VTE_VERSION", "5000"}},
                                   {{"VTE_VERSION", "4205"}},
                                   {{"VTE_VERSION", "new"}},
                                   {{"KONSOLE_VERSION", "200800"}},
                                   {{"TERM_PROGRAM", "Apple_Terminal"}, {"TERM_PROGRAM_VERSION", "440"}},
                                   {{"TERM_PROGRAM", "iTerm.app"}, {"TERM_PROGRAM_VERSION", "3.0.15"}},
                                   {{"TERM_PROGRAM", "iTerm.app"}},
                                   {{"TERM_PROGRAM", "vscode"}, {"TERM_PROGRAM_VERSION", "1.71.2"}}}) {
    CHECK_FALSE(has_links(other));
  }
  for (const char* term : {"", "dumb", "linux", "screen-256color", "tmux-256color"}) {
    INFO(term);
    CHECK_FALSE(has_links({{"TERM", term}, {"VTE_VERSION", "7002"}, {"KITTY_WINDOW_ID", "1"}}));
  }
}

TEST_CASE("FORCE_HYPERLINK decides where it is set") {
  CHECK(has_links({{"FORCE_HYPERLINK", "1"}}));
  CHECK(has_links({{"FORCE_HYPERLINK", "1"}, {"TERM", "tmux-256color"}}));
  CHECK_FALSE(has_links({{"FORCE_HYPERLINK", "0"}, {"VTE_VERSION", "7002"}}));
  CHECK(has_links({{"FORCE_HYPERLINK", ""}, {"VTE_VERSION", "7002"}}));
}
