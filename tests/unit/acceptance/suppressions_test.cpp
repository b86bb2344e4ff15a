// suppressions_test.cpp - how a suppression file is read, and a line for one is made.
#include "acceptance/suppressions.h"

#include <string>

#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

Suppressions read(const std::string& text) {
  Suppressions suppressions;
  suppressions.read_text(text, "s");
  return suppressions;
}

// What is said of a text that is wrong; "" when nothing is.
std::string complaint_of_rules(const std::string& text) {
  try {
    read(text);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a rule has a subject, a pattern and a reason") {
  const auto rules = read("type:Session because it lives as long as the process\n").rules();
  REQUIRE(rules.size() == 1);
  CHECK(rules[0].where == "s:1");
  CHECK(rules[0].text == "type:Session");
  CHECK(rules[0].reason == "it lives as long as the process");
  REQUIRE(rules[0].conditions.size() == 1);
  CHECK(rules[0].conditions[0].subject == Subject::type);
  CHECK(rules[0].conditions[0].pattern == "Session");
}

TEST_CASE("comments, blank lines, a byte order mark and line ends of Windows are no rules") {
  const auto rules = read("\xef\xbb\xbf# why\r\n\r\n   \n  id:3f9a2c71 because of that\r\n").rules();
  REQUIRE(rules.size() == 1);
  CHECK(rules[0].where == "s:4");
  CHECK(rules[0].reason == "of that");
}

TEST_CASE("patterns may have blanks, colons and words such as and") {
  const auto rules =
      read("type:std::map<int, unsigned long> and file:/a and b/c.cpp and member:T::a because x because y")
          .rules();
  REQUIRE(rules.size() == 1);
  REQUIRE(rules[0].conditions.size() == 3);
  CHECK(rules[0].conditions[0].pattern == "std::map<int, unsigned long>");
  CHECK(rules[0].conditions[1].pattern == "/a and b/c.cpp");
  CHECK(rules[0].conditions[2].pattern == "T::a");
  CHECK(rules[0].reason == "x because y");
}

TEST_CASE("LeakSanitizer's rules have no reason, and match a part of a name") {
  const auto rules = read("leak:libfoo.so\nleak:^main$\nleak:^std::*alloc\n").rules();
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].conditions[0].pattern == "*libfoo.so*");
  CHECK(rules[1].conditions[0].pattern == "main");
  CHECK(rules[2].conditions[0].pattern == "std::*alloc*");
  CHECK(rules[0].reason.empty());
  CHECK(rules[0].text == "leak:libfoo.so");
}

TEST_CASE("what is wrong with a rule is told with its line and column") {
  CHECK(complaint_of_rules("type:Session") ==
        "s:1:13: the reason is missing: end the line with \"because ...\"");
  CHECK(complaint_of_rules("# fine\n\ntype:Session because  \n") ==
        "s:3:21: there is no reason after \"because\"");
  CHECK(complaint_of_rules("type: because x") == "s:1:6: the pattern is missing");
  CHECK(complaint_of_rules("race:foo because x") ==
        "s:1:1: a rule begins with type:, member:, function:, file:, id: or leak:");
  CHECK(complaint_of_rules("  Session because x") ==
        "s:1:3: a rule begins with type:, member:, function:, file:, id: or leak:");
  CHECK(complaint_of_rules("because x") ==
        "s:1:1: a rule begins with type:, member:, function:, file:, id: or leak:");
  CHECK(complaint_of_rules("id:3F9A2C71 because x") == "s:1:4: an id is eight digits of 0-9 and a-f");
  CHECK(complaint_of_rules("id:3f9a because x") == "s:1:4: an id is eight digits of 0-9 and a-f");
  CHECK(complaint_of_rules("type:A and leak:b because x") ==
        "s:1:12: leak: is LeakSanitizer's and cannot be joined to others");
  CHECK(complaint_of_rules("leak:") == "s:1:6: the pattern is missing");
  CHECK(complaint_of_rules("member:P::scope and files:*/x because y") ==
        "s:1:21: a rule begins with type:, member:, function:, file:, id: or leak:");
  CHECK(complaint_of_rules("type:A and because x") == "s:1:11: there is no condition after \"and\"");
  CHECK(complaint_of_rules("type:Tok and file because x") == "s:1:18: the : after \"file\" is missing");
  CHECK(complaint_of_rules("leak:libfoo.so because upstream") ==
        "s:1:16: leak: is LeakSanitizer's and takes no reason; put it into a # line");
  CHECK(complaint_of_rules("leak:foo and type:Bar") ==
        "s:1:10: leak: is LeakSanitizer's and cannot be joined to others");
}

TEST_CASE("a blank is a blank, and a name may have the words in it") {
  const auto rules =
      read("type:A\tand  member:*::b[12]\tbecause\tx\nfunction:because_of(a and b::c) because y\n").rules();
  REQUIRE(rules.size() == 2);
  REQUIRE(rules[0].conditions.size() == 2);
  CHECK(rules[0].conditions[1].pattern == "*::b[]");  // reports show which element
  CHECK(rules[0].reason == "x");
  CHECK(rules[1].conditions[0].pattern == "because_of(a and b::c)");
}

TEST_CASE("nothing is wrong with an empty file") {
  CHECK(read("").rules().empty());
}

TEST_CASE("a line that is made can be read") {
  const auto rules = read(suppression_line("3f9a2c71", "  it is because of GORD-12 ")).rules();
  REQUIRE(rules.size() == 1);
  CHECK(rules[0].conditions[0].pattern == "3f9a2c71");
  CHECK(rules[0].reason == "it is because of GORD-12");
}

TEST_CASE("no line is made without a reason, nor of two lines") {
  CHECK_THROWS_AS(suppression_line("3f9a2c71", " "), Error);
  CHECK_THROWS_AS(suppression_line("3f9a2c71", "a\ntype:* because b"), Error);
  CHECK_THROWS_AS(suppression_line("3f9a2c7", "why"), Error);
  CHECK_THROWS_AS(suppression_line("3f9a2c71 because x", "why"), Error);
}
