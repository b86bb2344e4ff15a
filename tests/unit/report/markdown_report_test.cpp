// markdown_report_test.cpp - the summary as GitHub's own parser reads it.
#include "report/markdown_report.h"

#include <algorithm>

#include "catch.h"
#include "golden.h"
#include "made_up_report.h"
#include "markdown_html.h"

using namespace gordian;
using namespace gordian::test;

namespace {

std::string summary_of(const MadeUpReport& made_up) {
  return markdown_report(made_up.report(), made_up.look);
}

std::ptrdiff_t tags(const std::string& markdown, const std::string& tag) {
  const auto all = tags_of(markdown_html(markdown));
  return std::count(all.begin(), all.end(), tag);
}

}  // namespace

TEST_CASE("the Markdown of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.notes = {"no debug info in libshapes.so"};
  check_golden("article_ring.md", summary_of(made_up));
}

TEST_CASE("a clean program is a headline, or nothing at its exit") {
  MadeUpReport made_up;
  CHECK(summary_of(made_up) == "### gordian: no cycles in ./article (pid 4711)\n\n");
  made_up.look.quiet_when_clean = true;
  CHECK(summary_of(made_up).empty());
}

TEST_CASE("each finding is a row of the table and unfolds to its text") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.object(made_up.orphan("ab12cd34"), "Lost", Role::orphan);
  CHECK(tags(summary_of(made_up), "<table>") == 1);
  CHECK(tags(summary_of(made_up), "<tr>") == 3);  // with the table's head
  CHECK(tags(summary_of(made_up), "<details>") == 2);
  CHECK(tags(summary_of(made_up), "</details>") == 2);
}

TEST_CASE("the twenty-first finding is counted, not shown") {
  MadeUpReport made_up;
  for (int i = 0; i < 20; ++i) made_up.object(made_up.cycle("c" + std::to_string(i)), "Obj");
  CHECK_THAT(summary_of(made_up), !ContainsSubstring("more finding"));
  made_up.object(made_up.cycle("c20"), "Obj");
  CHECK_THAT(summary_of(made_up), ContainsSubstring("\n… and 1 more finding; see the JSON report\n"));
  CHECK_THAT(summary_of(made_up), !ContainsSubstring("cycle c20"));
}
