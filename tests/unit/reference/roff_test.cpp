// roff_test.cpp - text stays text in a manual page.
#include "reference/roff.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("what means something to the formatter is made harmless") {
  CHECK(roff_text(".so file") == "\\&.so file\n");
  CHECK(roff_text("'tis") == "\\&'tis\n");
  CHECK(roff_text("a\\b") == "a\\eb\n");
  CHECK(roff_text("--json of a well-known file") == "\\-\\-json of a well-known file\n");
  CHECK(roff_word("Pa") == "\\&Pa");
  CHECK(roff_word("Path") == "Path");
  CHECK(roff_word("\"x\"") == "\\(dqx\\(dq");
}

TEST_CASE("each sentence has a line of its own, and no line is longer than 78") {
  CHECK(roff_text("One. Two (three.) Four\nfive") == "One.\nTwo (three.)\nFour five\n");
  CHECK(roff_text("").empty());
  const std::string word(30, 'x');
  CHECK(roff_text(word + " " + word + " " + word) == word + " " + word + "\n" + word + "\n");
  const std::string long_word(100, 'x');
  CHECK(roff_text("a " + long_word + " b") == "a\n" + long_word + "\nb\n");
}

TEST_CASE("paragraphs are told apart, and what is indented is shown as it is") {
  CHECK(roff_paragraphs("One\ntwo\n\nThree\n") == "One two\n.Pp\nThree\n");
  CHECK(roff_paragraphs("One:\n\n  a  b\n  -c\n\nTwo") ==
        "One:\n.Bd -literal -offset indent\na  b\n\\-c\n.Ed\n.Pp\nTwo\n");
  CHECK(roff_paragraphs("\n").empty());
}
