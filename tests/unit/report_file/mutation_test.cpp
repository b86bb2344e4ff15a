// mutation_test.cpp - damages every byte and every value of a valid report.
//
// The reader must refuse with an Error or accept, and do nothing else: run under
// GORDIAN_SANITIZE=address,undefined this finds what a crash alone does not show.
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "catch.h"
#include "report_file/report_reader.h"

using namespace gordian;
using nlohmann::ordered_json;

namespace {

// Reads `text` and touches what a reader of the result could touch. Returns whether it was accepted.
bool survives(const std::string& text) {
  TextSource source("r.json", text);
  std::size_t sum = 1;
  try {
    const ReportedRun run = read_report(source, [&](ReportedFinding&& finding, ordered_json&& json) {
      sum += finding.id.size() + finding.types.size() + finding.seen_by.size() + json.dump().size();
    });
    sum += run.program.size() + run.notes.size();
  } catch (const Error& error) {
    CHECK(std::string(error.what()).rfind("r.json:", 0) == 0);
    return false;
  }
  return sum != 0;
}

// A report with every field that there is.
ordered_json full_report() {
  auto report = ordered_json::parse(std::ifstream(GORDIAN_GOLDEN_DIR "/article_ring.json"));
  report["notes"] = {"a note"};
  report["merged"] = {{"reports", 7}, {"with_findings", 3}};
  auto& finding = report["findings"][0];
  finding["objects"].erase(2);
  finding["references"].erase(2);
  finding["references"][0]["taken"] = finding["objects"][0]["allocation"];
  finding["cuts"].erase(2);
  finding["test"] = "t";
  finding["suppressed_by"] = nullptr;
  finding["seen_by"] = {{{"program", "p"}, {"pid", 5}, {"file", "f"}, {"test", nullptr}, {"instances", 2}}};
  finding["seen_by_omitted"] = 4;
  return report;
}

}  // namespace

TEST_CASE("no changed byte makes the reader do more than refuse") {
  const std::string original = full_report().dump();
  REQUIRE(survives(original));
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < original.size(); ++at) {
    for (const unsigned flip : {1u << at % 8, 0xffu}) {
      auto text = original;
      text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ flip);
      if (survives(text)) ++accepted;
    }
  }
  CHECK(accepted > 0);  // a letter of a type's name, for one
}

TEST_CASE("a report that ends early is refused at every length") {
  const std::string original = full_report().dump();
  for (std::size_t length = 0; length < original.size(); ++length) {
    if (survives(original.substr(0, length))) FAIL("accepted " << length << " bytes");
  }
}

TEST_CASE("no byte left out, of every second, and no piece doubled, at every eighth, makes the reader do more than refuse") {
  const std::string original = full_report().dump();
  for (std::size_t at = 0; at < original.size(); at += 2) {
    survives(original.substr(0, at) + original.substr(at + 1));
    if (at % 8 == 0) survives(original.substr(0, at) + original.substr(at > 40 ? at - 40 : 0));
  }
}

TEST_CASE("no value of another kind in the place of any makes the reader do more than refuse") {
  const auto original = full_report();
  const auto values = original.flatten();
  std::size_t places = 0;
  std::size_t refused = 0;
  std::set<std::string> seen;  // what holds others is the parent of each of them
  for (const auto& [pointer, value] : values.items()) {
    for (ordered_json::json_pointer place(pointer); !place.empty() && seen.insert(place.to_string()).second;
         place = place.parent_pointer()) {
      for (const char* other :
           {"null", "true", "0", "-1", "1e5", "18446744073709551615", "-9223372036854775808",
            "99999999999999999999999", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]"}) {
        auto report = original;
        report[place] = ordered_json::parse(other);
        ++places;
        refused += !survives(report.dump());
      }
    }
  }
  CHECK(refused > places / 2);
  CHECK(refused < places);
}
