// junit_report_test.cpp - JUnit XML as expat reads it.
#include "report/junit_report.h"

#include "catch.h"
#include "golden.h"
#include "made_up_report.h"
#include "xml_document.h"

using namespace gordian;
using namespace gordian::test;

namespace {

XmlElement suite_of(const MadeUpReport& made_up) {
  const XmlElement root = parse_xml(junit_report(made_up.report(), made_up.look));
  REQUIRE(root.name == "testsuites");
  REQUIRE(root.children.size() == 1);
  return root.children[0];
}

// A document whose only attribute and only text are `text`.
std::string document_of(const std::string& text) {
  return "<a b=\"" + xml_escaped(text) + "\">" + xml_escaped(text) + "</a>";
}

}  // namespace

TEST_CASE("the JUnit XML of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.notes = {"no debug info in libshapes.so"};
  check_golden("article_ring.junit.xml", junit_report(made_up.report(), made_up.look));
}

TEST_CASE("the JUnit XML of a clean program is the golden one: a test case that passed") {
  MadeUpReport made_up;
  check_golden("clean.junit.xml", junit_report(made_up.report(), made_up.look));
}

TEST_CASE("a finding that fails the run is a test case that failed, and any other one that passed") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.object(made_up.orphan("ab12cd34"), "Lost", Role::orphan);
  const XmlElement suite = suite_of(made_up);
  CHECK(suite.attributes.at("tests") == "2");
  CHECK(suite.attributes.at("failures") == "1");
  REQUIRE(suite.children.size() == 3);  // with the suite's own output
  const XmlElement& cycle = suite.children[0];
  CHECK(cycle.attributes.at("name") == "cycle 3f9a2c71");
  CHECK(cycle.attributes.at("file") == "article.cpp");
  REQUIRE(cycle.children.size() == 1);
  CHECK(cycle.children[0].name == "failure");
  CHECK(cycle.children[0].attributes.at("type") == "reference-cycle");
  CHECK_THAT(cycle.children[0].attributes.at("message"),
             ContainsSubstring("Cut Obj::a: make it std::weak_ptr<Obj>."));
  CHECK_THAT(cycle.children[0].text, ContainsSubstring("╰────┴─ Obj::a ─▶ Obj #1      ◀── cut here\n"));
  const XmlElement& orphan = suite.children[1];
  CHECK(orphan.attributes.at("name") == "orphan ab12cd34");
  REQUIRE(orphan.children.size() == 1);
  CHECK(orphan.children[0].name == "system-out");
}

TEST_CASE("an orphan that is only likely is no test case, but a note") {
  MadeUpReport made_up;
  auto& orphan = made_up.orphan("ab12cd34");
  orphan.evidence = Evidence::likely;
  made_up.object(orphan, "Lost", Role::orphan);
  const XmlElement suite = suite_of(made_up);
  REQUIRE(suite.children.size() == 2);
  CHECK(suite.children[0].attributes.at("name") == "no reference cycles");
  CHECK_THAT(suite.children[1].text, ContainsSubstring("1 object is likely orphaned"));
}

TEST_CASE("text comes through XML as it was, or visibly changed where XML cannot hold it") {
  const auto through = [](const std::string& text) {
    const XmlElement element = parse_xml(document_of(text));
    CHECK(element.text == element.attributes.at("b"));
    return element.text;
  };
  CHECK(through("a<b>&\"'c]]>--><!--") == "a<b>&\"'c]]>--><!--");
  CHECK(through("Größe 循環 😀") == "Größe 循環 😀");
  CHECK(through("two\nlines\tand a tab") == "two\nlines\tand a tab");
  CHECK(through(std::string("\0\x1b[31m\r\x7f", 8)) == "\\x00\\x1b[31m\\x0d\\x7f");
  CHECK(through("a\xff\xed\xa0\x80z") == "a\uFFFD\uFFFD\uFFFD\uFFFDz");
  CHECK(through("\xef\xbf\xbe\xef\xbf\xbf") == "\uFFFD\uFFFD");
}

TEST_CASE("the test's XML parser sees what is wrong") {
  CHECK_THROWS_WITH(parse_xml("<a b=\"<\"/>"), ContainsSubstring("line 1"));
  CHECK_THROWS(parse_xml("<a>\x1b</a>"));
  CHECK_THROWS(parse_xml("<a>\xff</a>"));
  CHECK_THROWS(parse_xml("<a>]]></a>"));
  CHECK_THROWS(parse_xml("<a>"));
}
