// glob_test.cpp - patterns for names.
#include "acceptance/glob.h"

#include <string>

#include "catch.h"

using gordian::glob_matches;

TEST_CASE("a pattern stands for the whole of a name") {
  CHECK(glob_matches("Session", "Session"));
  CHECK_FALSE(glob_matches("Session", "Sessions"));
  CHECK_FALSE(glob_matches("Session", "MySession"));
  CHECK_FALSE(glob_matches("", "Session"));
  CHECK(glob_matches("", ""));
}

TEST_CASE("a star stands for any characters, none among them") {
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("*Session", "Session"));
  CHECK(glob_matches("std::vector<*>", "std::vector<std::pair<int, long> >"));
  CHECK(glob_matches("*/vendor/*", "/src/a/vendor/b/c.cpp"));
  CHECK_FALSE(glob_matches("*/vendor/*", "/src/vendors/c.cpp"));
  CHECK(glob_matches("a*b*c", "a-b-b-c"));
  CHECK_FALSE(glob_matches("a*b*c", "a-c-b"));
  CHECK(glob_matches("**", "x"));
}

TEST_CASE("a question mark stands for one byte") {
  CHECK(glob_matches("Tree<?>", "Tree<T>"));
  CHECK_FALSE(glob_matches("Tree<?>", "Tree<>"));
  CHECK_FALSE(glob_matches("Tree<?>", "Tree<T>", gordian::Wildcards::star));
  CHECK(glob_matches("*<?>", "Tree<?>", gordian::Wildcards::star));
}

TEST_CASE("brackets and backslashes stand for themselves") {
  CHECK(glob_matches("Tree::kids[]", "Tree::kids[]"));
  CHECK_FALSE(glob_matches("Tree::kids[a]", "Tree::kidsa"));
  CHECK(glob_matches("a\\*", "a\\b"));
}

TEST_CASE("a long name and many stars end") {
  const std::string name(100'000, 'a');
  CHECK_FALSE(glob_matches("*a*a*a*a*a*a*a*a*b", name));
  CHECK(glob_matches("*a*a*a*a*a*a*a*a*", name));
}
