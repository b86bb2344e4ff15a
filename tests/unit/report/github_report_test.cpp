// github_report_test.cpp - workflow commands, a line each.
#include "report/github_report.h"

#include "catch.h"
#include "golden.h"
#include "made_up_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::string annotations_of(const MadeUpReport& made_up) {
  return github_report(made_up.report(), made_up.look);
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("the annotation of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  check_golden("article_ring.github.txt", annotations_of(made_up));
}

TEST_CASE("a clean program is not annotated") {
  MadeUpReport made_up;
  made_up.notes = {"one thread could not be paused"};
  CHECK(annotations_of(made_up).empty());
}

TEST_CASE("what fails the run is an error, and what does not a warning") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.object(made_up.orphan("ab12cd34"), "Lost", Role::orphan);
  CHECK_THAT(annotations_of(made_up),
             Catch::Matchers::StartsWith("::error file=article.cpp,line=9,") &&
                 ContainsSubstring("\n::warning title=gordian%3A orphan ab12cd34::"));
}

TEST_CASE("ten annotations of a level are shown, and the eleventh is counted") {
  MadeUpReport made_up;
  for (int i = 0; i < 10; ++i) made_up.object(made_up.cycle("c" + std::to_string(i)), "Obj");
  CHECK(times(annotations_of(made_up), "::error ") == 10);
  CHECK_THAT(annotations_of(made_up), !ContainsSubstring("more finding"));
  made_up.object(made_up.cycle("c10"), "Obj");
  CHECK(times(annotations_of(made_up), "::error ") == 10);
  CHECK_THAT(annotations_of(made_up), ContainsSubstring("\ngordian: 1 more finding is not annotated"));
  made_up.object(made_up.orphan("0"), "Obj", Role::orphan);
  CHECK(times(annotations_of(made_up), "::warning ") == 1);
}

TEST_CASE("an annotation without a place has none") {
  MadeUpReport made_up;
  made_up.object(made_up.cycle("c0"), "Obj");
  CHECK_THAT(annotations_of(made_up), Catch::Matchers::StartsWith("::error title=gordian%3A cycle c0::"));
}

TEST_CASE("messages and properties are escaped as the runner reads them") {
  CHECK(github_message("100%: a,b\r\nc") == "100%25: a,b%0D%0Ac");
  CHECK(github_property("100%: a,b\r\nc") == "100%25%3A a%2Cb%0D%0Ac");
}
