// baseline_test.cpp - a baseline is read as it was written, and what is wrong with one is told.
#include "acceptance/baseline.h"

#include <string>

#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

std::string complaint(const std::string& text) {
  try {
    read_baseline_text(text, "b");
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string with(const std::string& findings) {
  return R"({"format": "gordian-baseline", "version": 1, "findings": [)" + findings + "]}";
}

}  // namespace

TEST_CASE("a baseline is text, a line for each finding, by id") {
  Baseline baseline;
  baseline.findings["3f9a2c71"] = {FindingKind::cycle, 2, "Parent, \"Child\""};
  baseline.findings["00000001"] = {FindingKind::orphan, 1, ""};
  const std::string text = baseline_text(baseline);
  CHECK(text ==
        "{\n  \"format\": \"gordian-baseline\",\n  \"version\": 1,\n  \"findings\": [\n"
        "    {\"id\":\"00000001\",\"kind\":\"orphan\",\"instances\":1,\"what\":\"\"},\n"
        "    {\"id\":\"3f9a2c71\",\"kind\":\"cycle\",\"instances\":2,\"what\":\"Parent, \\\"Child\\\"\"}\n"
        "  ]\n}\n");
  const Baseline again = read_baseline_text(text, "b");
  REQUIRE(again.findings.size() == 2);
  CHECK(again.findings.at("3f9a2c71").instances == 2);
  CHECK(again.findings.at("3f9a2c71").what == "Parent, \"Child\"");
  CHECK(again.findings.at("00000001").kind == FindingKind::orphan);
}

TEST_CASE("an empty baseline is one") {
  CHECK(read_baseline_text(baseline_text({}), "b").findings.empty());
  CHECK(read_baseline_text(with(""), "b").findings.empty());
}

TEST_CASE("what is wrong with a baseline is told with its line and column") {
  CHECK(complaint("") == "b:1:1: ends early; who wrote it was probably killed, or the disk was full");
  CHECK(complaint("{\n\"format\": \"gordian-report\"}") ==
        "b:2:26: is a report and no baseline; make one of it: gordian baseline FILE REPORT");
  CHECK(complaint("{\n\"format\": \"x\"}") == "b:2:13: is no baseline of gordian's, but x");
  CHECK_THAT(complaint("{]"), Catch::Matchers::StartsWith("b:1:2: is no JSON: "));
  CHECK_THAT(complaint(R"({"format": "gordian-baseline", "version": 2, "findings": []})"),
             ContainsSubstring("another version"));
  CHECK_THAT(complaint(with(R"({"id": "3F", "kind": "cycle", "instances": 1})")),
             ContainsSubstring("not eight digits"));
  const std::string entry = R"({"id": "3f9a2c71", "kind": "cycle", "instances": 1})";
  CHECK(complaint(with(entry)).empty());
  CHECK_THAT(complaint(with(entry + "," + entry)), ContainsSubstring("3f9a2c71 is there twice"));
  CHECK_THAT(complaint(with(R"({"id": "3f9a2c71", "kind": "leak", "instances": 1})")),
             Catch::Matchers::StartsWith("b:1:91: findings[0].kind is \"leak\""));
  CHECK_THAT(complaint(with(R"({"id": "3f9a2c71", "kind": "cycle"})")),
             Catch::Matchers::StartsWith("b:1:93: findings[0] has no \"instances\""));
}

TEST_CASE("a baseline that is not there says how to make one") {
  try {
    read_baseline("/nowhere/baseline.json");
    FAIL("was read");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), ContainsSubstring("gordian baseline"));
  }
}
