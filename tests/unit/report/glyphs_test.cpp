// glyphs_test.cpp - characters, and the room that they take.
#include "report/glyphs.h"

#include "catch.h"

using namespace gordian;

namespace {

std::size_t columns(std::string_view line) {
  return columns_of(glyphs_of(line));
}

}  // namespace

TEST_CASE("a character takes a column, a wide one two, a combining mark and an escape sequence none") {
  CHECK(columns("") == 0);
  CHECK(columns("Obj #1") == 6);
  CHECK(columns("╰────┴─ Obj::a ─▶ … · ◀──") == 25);
  CHECK(columns("循環") == 4);
  CHECK(columns("😀") == 2);
  CHECK(columns("e\u0301") == 1);
  CHECK(columns("\x1b[1;31mcut\x1b[0m") == 3);
  CHECK(columns("\x1b]8;;file://host/a%20b\x1b\\a b:1\x1b]8;;\x1b\\") == 5);
}

TEST_CASE("a line is the sum of its glyphs, also when a sequence is cut short or bytes are no UTF-8") {
  for (const std::string_view line :
       {"\x1b", "\x1b[", "\x1b[1", "\x1b]8;;x", "a\x1b[0mb", "\xff\xc3(", "é\u0301"}) {
    std::string sum;
    for (const auto& glyph : glyphs_of(line)) sum += glyph.bytes;
    CHECK(sum == line);
  }
}

TEST_CASE("what a terminal does not know is taken for one column") {
  CHECK(columns("\xff") == 1);
  CHECK(columns("\U0010ffff") == 1);
}
