// test_determinism.cpp - the same program gives the same report, run after run.
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "catch.h"
#include "one_processor.h"
#include "programs.h"

using namespace gordian::e2e;

namespace {

// The bytes of the JSON report, with addresses and pids made equal and nothing else touched.
std::string report_bytes(const std::string& program) {
  ScratchDirectory scratch;
  REQUIRE(run_program(program, "abort=1:json=" + (scratch / "report.json").string()).status == 23);
  std::string text = file_text(scratch / "report.json");
  REQUIRE_FALSE(text.empty());
  text = std::regex_replace(text, std::regex(R"re(("address": *)"0x[0-9a-f]+")re"), "$1\"0x0\"");
  return std::regex_replace(text, std::regex(R"re(("pid": *)[0-9]+)re"), "$010");
}

// The ids of all findings, by the library that is preloaded.
std::vector<std::string> finding_ids(const std::string& program, const std::string& preload) {
  ScratchDirectory scratch;
  Command command;
  command.arguments = {program_path(program)};
  command.environment = {{"GORDIAN_OPTIONS", "abort=1:json=" + (scratch / "report.json").string()}};
  if (!preload.empty()) command.environment["LD_PRELOAD"] = preload;
  REQUIRE(run(command).status == 23);
  std::vector<std::string> ids;
  const auto report = nlohmann::json::parse(file_text(scratch / "report.json"));
  for (const auto& finding : report.at("findings")) ids.push_back(finding.at("id"));
  return ids;
}

void check_equal_runs(const std::string& program, int runs) {
  const std::string first = report_bytes(program);
  for (int i = 1; i < runs; ++i) {
    INFO(program << ", run " << i + 1);
    REQUIRE(report_bytes(program) == first);
  }
}

}  // namespace

TEST_CASE("20 runs give 20 equal reports") {
  for (const char* program :
       {"ring.g++-O1", "two_shapes.g++-O1", "thousand_rings.g++-O1", "ring_retains.g++-O1"}) {
    check_equal_runs(program, 20);
  }
}

TEST_CASE("20 runs of rings made by several threads give 20 equal reports") {
  check_equal_runs("ring_threads.g++-O1", 20);
}

TEST_CASE("one processor or several, a large heap has the same report") {
  const std::string program = "rings_among_many.g++-O1";
  const std::string by_several = report_bytes(program);
  check_equal_runs(program, 5);
  const OneProcessor one;
  CHECK(report_bytes(program) == by_several);
}

TEST_CASE("linked or preloaded, a program has the same findings") {
  for (const char* program : {"ring", "two_shapes", "ring_retains", "ring_weak_registry", "ring_aliasing"}) {
    INFO(program);
    CHECK(finding_ids(program + std::string(".g++-O1"), "") ==
          finding_ids(program + std::string(".run-g++-O2"), GORDIAN_RUNTIME));
  }
}

TEST_CASE("200 runs give 200 equal reports", "[.long]") {
  check_equal_runs("ring_weak_globals.g++-O1", 200);
}
