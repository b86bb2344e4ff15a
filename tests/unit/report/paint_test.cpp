// paint_test.cpp - escape sequences where there is a terminal for them, and none elsewhere.
#include "report/paint.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("text is painted for a terminal that has colour, and for no other") {
  CHECK(Paint()(Ink::cut, "cut") == "cut");
  Terminal terminal;
  terminal.colour = true;
  CHECK(Paint(terminal)(Ink::cut, "cut") == "\x1b[1;31mcut\x1b[0m");
  CHECK(Paint(terminal)(Ink::cut, "").empty());
}
