// paint_test.cpp - escape sequences where there is a terminal for them, and none elsewhere.
#include "report/paint.h"

#include <algorithm>

#include "catch.h"

using namespace gordian;

namespace {

Paint with_links() {
  Terminal terminal;
  terminal.links = true;
  terminal.host = "build.example";
  return Paint(terminal);
}

}  // namespace

TEST_CASE("without a terminal nothing is painted and nothing linked") {
  const Paint paint;
  CHECK(paint(Ink::cut, "cut") == "cut");
  CHECK(paint.link("/src/a.cpp", "a.cpp:1") == "a.cpp:1");
}

TEST_CASE("colour and links are told apart") {
  Terminal terminal;
  terminal.colour = true;
  CHECK(Paint(terminal)(Ink::cut, "cut") == "\x1b[1;31mcut\x1b[0m");
  CHECK(Paint(terminal).link("/src/a.cpp", "a.cpp:1") == "a.cpp:1");
  CHECK(with_links()(Ink::cut, "cut") == "cut");
}

TEST_CASE("a link names the host and the file without detours") {
  CHECK(with_links().link("/src/build/../a.cpp", "a.cpp:1") ==
        "\x1b]8;;file://build.example/src/a.cpp\x1b\\a.cpp:1\x1b]8;;\x1b\\");
}

TEST_CASE("what is no absolute path, or too long for terminals, is no link") {
  CHECK(with_links().link("a.cpp", "a.cpp:1") == "a.cpp:1");
  CHECK(with_links().link("", "?") == "?");
  CHECK(with_links().link("/" + std::string(2100, 'x'), "x:1") == "x:1");
}

TEST_CASE("no byte of a path is more than a letter in a link") {
  const std::string link = with_links().link(
      "/a b/\x1b\\\x07\n%;?#\xff"
      "ü.cpp",
      "x:1");
  CHECK_THAT(link,
             ContainsSubstring("file://build.example/a%20b/%1B%5C%07%0A%25%3B%3F%23%FF%C3%BC.cpp\x1b\\"));
  CHECK(std::count(link.begin(), link.end(), '\x1b') == 4);
}
