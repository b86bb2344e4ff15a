// utf8_test.cpp - what is a character, and what is not.
#include "report/utf8.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("a character is as long as its first byte says") {
  CHECK(utf8_length("a") == 1);
  CHECK(utf8_length("üx") == 2);
  CHECK(utf8_length("循x") == 3);
  CHECK(utf8_length("😀x") == 4);
  CHECK(utf8_length("\xf4\x8f\xbf\xbf") == 4);
}

TEST_CASE("what is cut short, overlong, a surrogate or too large is no character") {
  for (const char* broken :
       {"\x80", "\xc3", "\xe2\x82", "\xe2(\xac", "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    INFO(broken);
    CHECK(utf8_length(broken) == 0);
  }
}
