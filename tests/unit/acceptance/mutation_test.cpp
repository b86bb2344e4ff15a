// mutation_test.cpp - suppression files and baselines that were damaged in any place are read or refused, and
// nothing else.
#include <random>
#include <string>

#include "acceptance/baseline.h"
#include "acceptance/suppressions.h"
#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

std::string damaged(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
  for (std::size_t times = 1 + below(3); times-- > 0 && !text.empty();) {
    const std::size_t at = below(text.size());
    switch (below(3)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, 1 + below(8));
        break;
      default:
        text.insert(at, text.substr(below(text.size()), 1 + below(20)));
    }
  }
  return text;
}

// Whether `read` takes the text; anything but an Error ends the test.
template <typename Read>
bool taken(Read read, const std::string& text) {
  try {
    read(text);
    return true;
  } catch (const Error& error) {
    CHECK(std::string(error.what()).starts_with("f:"));
    return false;
  }
}

}  // namespace

TEST_CASE("damaged files are refused by line and column") {
  std::mt19937 random(4711);
  const std::string rules =
      "# why\ntype:std::map<int, T> and file:*/vendor/* because of that\nleak:^foo$\nid:3f9a2c71 because x\n";
  Baseline baseline;
  baseline.findings["3f9a2c71"] = {FindingKind::cycle, 2, "Parent"};
  baseline.findings["00000001"] = {FindingKind::orphan, 1, "Child"};
  const std::string json = baseline_text(baseline);
  int rules_taken = 0;
  int json_taken = 0;
  for (int i = 0; i < 3000; ++i) {
    rules_taken += taken([](const std::string& text) { Suppressions().read_text(text, "f"); }, damaged(rules, random));
    json_taken += taken([](const std::string& text) { read_baseline_text(text, "f"); }, damaged(json, random));
  }
  CHECK(rules_taken > 100);
  CHECK(rules_taken < 2900);
  CHECK(json_taken > 10);
  CHECK(json_taken < 2900);
}
