// html_report_test.cpp - the page as a parser reads it. What it does is tests/integration/browser's to see.
#include "report/html/html_report.h"

#include <regex>

#include "catch.h"
#include "golden.h"
#include "html_document.h"
#include "made_up_report.h"
#include "report/html/assets.h"
#include "report/html/finding_data.h"

using namespace gordian;
using namespace gordian::test;
using nlohmann::json;

namespace {

json data_of(const MadeUpReport& made_up) {
  return page_data_of(parse_html(html_report(made_up.report(), made_up.look)));
}

// `page` without what is in the tree as a source of its own, and with the data in lines.
std::string without_assets(std::string page) {
  const auto replace = [&](std::string_view what, const std::string& with) {
    const std::size_t at = page.find(what);
    REQUIRE(at != std::string::npos);
    page.replace(at, what.size(), with);
  };
  replace(kStyle, "(style)");
  replace(kScript, "(script)");
  replace(kStyleHash, "(hash of style)");
  replace(kScriptHash, "(hash of script)");
  const auto data = page.find("{\"program\"");
  const auto end = page.find("</script>", data);
  page.replace(data, end - data, nlohmann::ordered_json::parse(page.substr(data, end - data)).dump(1));
  return page;
}

}  // namespace

TEST_CASE("the page of the article's ring is the golden one") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  made_up.notes = {"no debug info in libshapes.so"};
  check_golden("article_ring.html", without_assets(html_report(made_up.report(), made_up.look)));
}

TEST_CASE("the page of a clean program says so, also when the text report would be empty") {
  MadeUpReport made_up;
  made_up.look.quiet_when_clean = true;
  const std::string page = html_report(made_up.report(), made_up.look);
  CHECK(page_data_of(parse_html(page))["findings"].empty());
  CHECK_THAT(page, ContainsSubstring("<noscript><pre>gordian: no cycles in ./article (pid 4711)"));
}

TEST_CASE("a browser without scripts shows the text report") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  const std::string page = html_report(made_up.report(), made_up.look);
  CHECK_THAT(page, ContainsSubstring("cut Obj::a: make it std::weak_ptr&lt;Obj&gt;."));
  CHECK_THAT(page, ContainsSubstring("◀── cut here"));
}

TEST_CASE("the page asks for nothing: no address of a style, script, font, picture or request is in it") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  const std::string page = html_report(made_up.report(), made_up.look);
  for (const char* request : {"http:", "https:", "@import", "url(", "fetch(", "XMLHttpRequest", "src="}) {
    std::string rest = page;
    // These are names of things, not addresses that anybody follows.
    for (const std::string name : {"http://www.w3.org/2000/svg"}) {
      for (std::size_t at; (at = rest.find(name)) != std::string::npos;) rest.erase(at, name.size());
    }
    INFO(request);
    CHECK(rest.find(request) == std::string::npos);
  }
}

TEST_CASE("nothing that a page shows becomes markup in its script: only text is set") {
  for (const char* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
    INFO(way);
    CHECK(kScript.find(way) == std::string_view::npos);
  }
}

TEST_CASE("a name that looks like a place of the page's own stays a name") {
  MadeUpReport made_up;
  made_up.object(made_up.cycle("00000001"), "{{script}}");
  CHECK(data_of(made_up)["findings"][0]["objects"][0]["type"] == "{{script}}");
}

TEST_CASE("frames and stacks are on the page once") {
  MadeUpReport made_up;
  for (const char* id : {"00000001", "00000002"}) {
    auto& cycle = made_up.cycle(id);
    made_up.object(cycle, "Obj").stack = made_up.stack({made_up.frame("make", 7), made_up.frame("main", 9)});
    made_up.object(cycle, "Obj").stack = cycle.objects[0].stack;
  }
  const json data = data_of(made_up);
  CHECK(data["frames"].size() == 2);
  CHECK(data["stacks"] == json::parse("[[0,1],[0,1]]"));
  CHECK(data["findings"][0]["objects"][1]["stack"] == 0);
  CHECK(data["findings"][1]["objects"][0]["stack"] == 1);
}

TEST_CASE("the page has the inside of a large cycle, its tails and holders in the words of the text") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  const json small = data_of(made_up)["findings"][0];
  CHECK(small["structure"].is_null());
  CHECK((small["tails"].empty() && small["lost"].empty() && small["held_by"].empty()));
  CHECK(small["not_found"] == "");
  auto& cycle = made_up.findings.findings[0];
  cycle.structure = Structure{{{"Node::next", "", "", 5, {"Node::next"}, 40}}, 3, {{"Root", 500, 1}}};
  cycle.tails = {{"Obj::pages", "Page", 12, 3000}};
  cycle.root = false;
  cycle.held_by = {"aaaaaaaa"};
  cycle.most_objects = 70;
  const json large = data_of(made_up)["findings"][0];
  const json structure = large["structure"];
  CHECK(structure["words"] == "it is held together by 3 members, most of all by:");
  CHECK(structure["members"][0] == json{{"path", "Node::next"},
                                        {"references", "5 references"},
                                        {"shortest", "shortest cycle Node::next -> … (40 in all)"}});
  CHECK(structure["hubs"] == json::array({"one Root, held by 500 references, holds 1"}));
  CHECK(large["tails"] == json::parse(R"([{"path": "Obj::pages", "words": "3000 bytes in 12 objects"}])"));
  CHECK(large["held_by"] == json::parse(R"(["aaaaaaaa"])"));
  CHECK(large["counts"] == "3 to 70 objects");
}

TEST_CASE("the page says of an orphan where the lost handle lies, with the stack of its block") {
  MadeUpReport made_up;
  auto& orphan = made_up.orphan("00000001");
  made_up.object(orphan, "Obj", Role::orphan).use_count = 2;
  const std::uint32_t stack = made_up.stack({made_up.frame("forget", 12)});
  orphan.lost_holders = {{40, 8, "Job::owner", stack}, {40, 8, "", 0, HangsOn{96, stack}, 3}};
  const json finding = data_of(made_up)["findings"][0];
  CHECK(finding["lost"] == json::parse(R"([{
    "words": "the handle Job::owner 8 bytes into a heap block of 40 bytes that nothing points to",
    "hangs_on": false, "above": null, "references": 0,
    "path": "Job::owner", "offset": 8, "size": "40 bytes", "stack": 0}, {
    "words": "a heap block of 96 bytes that nothing points to leads to the handle 8 bytes into a heap block of 40 bytes",
    "hangs_on": true, "above": 0, "references": 3, "path": "", "offset": 8, "size": "40 bytes", "stack": null}])"));
  CHECK(finding["not_found"] == "1 of 2 strong references was found nowhere");
}

TEST_CASE("findings beyond the first thousand are listed, and say that they are not drawn") {
  MadeUpReport made_up;
  for (std::size_t i = 0; i <= kMostPictures; ++i) {
    made_up.findings.findings.reserve(kMostPictures + 1);
    auto& cycle = made_up.cycle(std::to_string(10'000'000 + i));
    made_up.object(cycle, "Obj");
    made_up.reference(cycle, 1, 1, "Obj::self");
  }
  const json findings = data_of(made_up)["findings"];
  REQUIRE(findings.size() == kMostPictures + 1);
  CHECK(findings[kMostPictures - 1]["picture"].is_object());
  CHECK(findings[kMostPictures]["picture"] == "Only the first 1000 findings are drawn.");
}

TEST_CASE("where Graphviz cannot draw, a finding says why and has everything else") {
  MadeUpReport made_up;
  add_article_ring(made_up);
  const Report report = made_up.report();
  CodeTable code(report, made_up.look);
  GraphLayout none("/nowhere/plugin.so");
  const json finding = finding_data(made_up.findings.findings[0], report, code, &none);
  CHECK_THAT(finding["picture"].get<std::string>(), ContainsSubstring("/nowhere/plugin.so"));
  CHECK(finding["references"].size() == 3);
  CHECK(finding["cuts"].size() == 3);
}

TEST_CASE("an orphan that is only likely is counted in a note, as in the text") {
  MadeUpReport made_up;
  auto& orphan = made_up.orphan("00000001");
  made_up.object(orphan, "Obj", Role::orphan);
  orphan.evidence = Evidence::likely;
  const json data = data_of(made_up);
  CHECK(data["findings"].empty());
  CHECK(data["notes"].size() == 1);
}

TEST_CASE("text is escaped for HTML") {
  CHECK(html_escaped("a<b>&\"'</c>") == "a&lt;b&gt;&amp;&quot;&#39;&lt;/c&gt;");
  CHECK(html_escaped("").empty());
}
