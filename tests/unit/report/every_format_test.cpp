// every_format_test.cpp - what holds of each row of the table of formats.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "catch.h"
#include "hostile_names.h"
#include "html_document.h"
#include "made_up_report.h"
#include "markdown_html.h"
#include "report/formats.h"
#include "xml_document.h"

using namespace gordian;
using namespace gordian::test;
using nlohmann::json;

namespace {

std::string render(const std::string& name, const MadeUpReport& made_up) {
  for (const auto& format : report_formats()) {
    if (format.name == name) return format.render(made_up.report(), made_up.look);
  }
  FAIL("no format " << name);
  return "";
}

// The shape of a document without its strings: what hostile names must not change.
json skeleton(const json& document) {
  if (document.is_string()) return "";
  json result = document;
  if (document.is_structured()) {
    for (auto& [key, value] : result.items()) value = skeleton(value);
  }
  return result;
}

std::string skeleton(const XmlElement& element) {
  std::string text = "<" + element.name;
  for (const auto& [name, value] : element.attributes) text += " " + name;
  for (const auto& child : element.children) text += skeleton(child);
  return text + ">";
}

// Of the data in an HTML page; how large a picture is depends on the names in it.
json data_skeleton(const XmlElement& page) {
  json data = page_data_of(page);
  for (auto& finding : data["findings"]) {
    for (const char* part : {"boxes", "arrows"}) {
      finding["picture"][part] = finding["picture"][part].size();
    }
    finding["picture"]["width"] = finding["picture"]["height"] = 0;
  }
  return skeleton(data);
}

// The commands of a workflow's log, as the runner reads them from the start of a line: by their first word.
std::vector<std::string> commands(const std::string& log) {
  std::vector<std::string> found;
  static const std::regex kCommand("(^|\n)[ \t]*::([a-z-]+)");
  for (std::sregex_iterator at(log.begin(), log.end(), kCommand), end; at != end; ++at) {
    found.push_back((*at)[2]);
  }
  return found;
}

bool has_control_characters(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

bool is_utf8(const std::string& text) {
  try {
    return !json(text).dump().empty();
  } catch (const json::type_error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("every format of one report says the same") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  auto& cycle = made_up.findings.findings[0];
  cycle.instances = 1703;
  cycle.bytes = 9876;
  auto& other = made_up.cycle("0badcafe");
  made_up.object(other, "Tree");
  made_up.object(other, "Kid");
  made_up.reference(other, 1, 2, "Tree::kids");
  made_up.reference(other, 2, 1, "Kid::parent");
  made_up.cut(other, "Kid::parent", "hold a plain Tree* in it", "");
  other.bytes = 5432;
  auto& orphan = made_up.orphan("ab12cd34");
  made_up.object(orphan, "Lost", Role::orphan);
  orphan.bytes = 8765;
  for (const auto& format : report_formats()) {
    INFO(format.name);
    // A test's message has what fails.
    if (std::string_view(format.name) == "brief") made_up.fails = [](const Finding&) { return true; };
    const std::string text = format.render(made_up.report(), made_up.look);
    for (const char* fact : {"3f9a2c71", "1703", "9876", "Obj::a", "make it ", "0badcafe", "5432",
                             "Kid::parent", "hold a plain Tree", "ab12cd34", "8765"}) {
      CHECK_THAT(text, ContainsSubstring(fact));
    }
  }
}

TEST_CASE(
    "every format tells what was accepted apart, and by what, but for annotations and a test's message") {
  MadeUpReport made_up;
  auto& cycle = made_up.cycle("0badcafe");
  made_up.object(cycle, "Session");
  made_up.reference(cycle, 1, 1, "Session::self");
  cycle.footprint.types = {"Session"};
  cycle.instances = 3;
  cycle.accepted = {AcceptedBy::rule, "own.suppressions:7", "type:Session", "it lives long", 0};
  made_up.fails = [](const Finding& finding) { return !finding.accepted; };
  const auto reported = [&] {
    std::map<std::string, std::string> texts;
    for (const auto& format : report_formats())
      texts[format.name] = format.render(made_up.report(), made_up.look);
    return texts;
  };
  for (const auto& [format, text] : reported()) {
    INFO(format);
    if (format == "github" || format == "brief") {
      CHECK(text.empty());
      continue;
    }
    for (const char* fact : {"0badcafe", "own.suppressions:7", "type:Session", "it lives long"})
      CHECK_THAT(text, ContainsSubstring(fact));
  }
  CHECK_THAT(reported()["text"],
             ContainsSubstring("accepted: 1 finding\n  cycle 0badcafe · Session · 1 object · 3 times · ") &&
                 ContainsSubstring("\n    own.suppressions:7: type:Session because it lives long\n"));
  CHECK_THAT(reported()["junit"], ContainsSubstring("tests=\"2\" failures=\"0\"") &&
                                      ContainsSubstring("skipped=\"1\"") &&
                                      ContainsSubstring("<skipped message="));
  const auto sarif = json::parse(reported()["sarif"])["runs"][0]["results"][0];
  CHECK(sarif["level"] == "warning");
  CHECK(sarif["suppressions"][0]["kind"] == "external");
  CHECK(sarif["suppressions"][0]["status"] == "accepted");

  cycle.accepted = {AcceptedBy::baseline, "base.json", "0badcafe", "", 2};
  const auto texts = reported();
  CHECK_THAT(texts.at("text"), ContainsSubstring("1 more than when it was accepted\n    base.json\n"));
  CHECK(json::parse(texts.at("json"))["summary"]["baselined"] == 1);
  cycle.accepted = {AcceptedBy::program, "", "gordian_ignore()", "", 0};
  CHECK_THAT(reported()["text"], ContainsSubstring("\n    gordian_ignore()\n"));
  CHECK(json::parse(reported()["sarif"])["runs"][0]["results"][0]["suppressions"][0]["kind"] == "inSource");
}

TEST_CASE("what was accepted is told also where nothing else is") {
  MadeUpReport made_up;
  made_up.look.quiet_when_clean = true;
  for (const char* format : {"text", "markdown"}) CHECK(render(format, made_up).empty());
  auto& cycle = made_up.cycle("0badcafe");
  made_up.object(cycle, "Session");
  cycle.accepted = {AcceptedBy::program, "", "gordian_ignore()", "", 0};
  for (const char* format : {"text", "markdown"}) CHECK_FALSE(render(format, made_up).empty());
}

TEST_CASE("every format gives the same bytes for the same report") {
  MadeUpReport made_up;
  add_findings_named(made_up, "Tree");
  for (const auto& format : report_formats()) {
    INFO(format.name);
    CHECK(format.render(made_up.report(), made_up.look) == format.render(made_up.report(), made_up.look));
  }
}

TEST_CASE("every format has a test with hostile names") {
  std::set<std::string> formats;
  for (const auto& format : report_formats()) formats.insert(format.name);
  CHECK(formats ==
        std::set<std::string>{"text", "json", "sarif", "junit", "markdown", "github", "brief", "html"});
}

TEST_CASE("hostile names change no format's structure") {
  MadeUpReport tame;
  add_findings_named(tame, "Tree");
  const auto tame_json = skeleton(json::parse(render("json", tame)));
  const auto tame_sarif = skeleton(json::parse(render("sarif", tame)));
  const auto tame_junit = skeleton(parse_xml(render("junit", tame)));
  const auto tame_summary = tags_of(markdown_html(render("markdown", tame)));
  const auto tame_page = parse_html(render("html", tame));
  for (const auto& [kind, name] : hostile_names()) {
    INFO(kind);
    MadeUpReport hostile;
    add_findings_named(hostile, name);
    std::map<std::string, std::string> texts;
    for (const auto& format : report_formats()) {
      INFO(format.name);
      const std::string& text = texts[format.name] = format.render(hostile.report(), hostile.look);
      CHECK_FALSE(has_control_characters(text));
      CHECK(is_utf8(text));
    }
    CHECK(skeleton(json::parse(texts["json"])) == tame_json);
    CHECK(skeleton(json::parse(texts["sarif"])) == tame_sarif);
    CHECK(skeleton(parse_xml(texts["junit"])) == tame_junit);
    CHECK(tags_of(markdown_html(texts["markdown"])) == tame_summary);
    const auto page = parse_html(texts["html"]);
    CHECK(skeleton(page) == skeleton(tame_page));
    CHECK(data_skeleton(page) == data_skeleton(tame_page));
    CHECK(commands(texts["github"]) == std::vector<std::string>{"error", "error", "warning"});
    CHECK(commands(texts["text"]).empty());
  }
}

TEST_CASE("a name of 100 kB is shortened in every format but JSON, which holds it whole") {
  MadeUpReport made_up;
  add_findings_named(made_up, hostile_names().at("a template of 100 kB"));
  for (const auto& format : report_formats()) {
    INFO(format.name);
    const std::size_t size = format.render(made_up.report(), made_up.look).size();
    CHECK((size > 1'000'000) == (std::string(format.name) == "json"));
    CHECK((size < 100'000) == (std::string(format.name) != "json"));
  }
}
