// suppressions.cpp - any text as a suppression file, and its rules against the findings of a ring; any two
// texts as a pattern and what it is held against, both ways that gordian does it.
//
// In front of a NUL is the file; behind it a pattern, and behind another NUL the text.
#include <vector>

#include "acceptance/accept.h"
#include "acceptance/glob.h"
#include "analysis/analyse.h"
#include "fuzz.h"
#include "program/program.h"
#include "snapshot/snapshot.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

// By the book, in time and memory of the product of the two: what a pattern means.
bool matches_by_definition(std::string_view pattern, std::string_view text, bool any_byte) {
  std::vector<bool> reached(text.size() + 1,
                            false);  // of the pattern so far: which beginnings of `text` it matches
  reached[0] = true;
  for (const char p : pattern) {
    std::vector<bool> next(text.size() + 1, false);
    next[0] = p == '*' && reached[0];
    for (std::size_t t = 1; t <= text.size(); ++t) {
      const bool one = p == text[t - 1] || (any_byte && p == '?');
      next[t] = p == '*' ? reached[t] || next[t - 1] : one && reached[t - 1];
    }
    reached = std::move(next);
  }
  return reached.back();
}

void match(std::string_view pattern, std::string_view text) {
  for (const Wildcards wildcards : {Wildcards::star, Wildcards::star_and_question_mark}) {
    const bool matches = glob_matches(pattern, text, wildcards);
    if (pattern.size() * text.size() > 10000) continue;
    fuzz::require(matches ==
                  matches_by_definition(pattern, text, wildcards == Wildcards::star_and_question_mark));
  }
}

Snapshot ring() {
  const test::MemoryFile file(test::ring_of_three().bytes());
  return read_snapshot(file.path());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Snapshot snapshot = ring();
  static const Families families;
  static Program program(snapshot, families);
  static const Findings findings = analyse(snapshot, program.types());
  static const std::vector<Frame> frames(2, {"make_graph(int)", "/src/graph.cpp", 3, "/bin/graph", 8, false});
  std::string_view text = fuzz::as_text(data, size);
  const std::string_view file = fuzz::take_part(text, '\0');
  fuzz::ask([&] {
    Suppressions suppressions;
    suppressions.read_text(file, "own.suppressions");
    for (const SuppressionRule& rule : suppressions.rules()) fuzz::require(!rule.conditions.empty());
    Findings accepted = findings;
    accept(
        accepted, suppressions, Baseline(), "", [&](std::uint32_t) -> const auto& { return frames; });
  });
  fuzz::ask([&] {
    Suppressions read_back;
    read_back.read_text(suppression_line("51940e82", file), "line");
    fuzz::require(read_back.rules().size() == 1);
  });
  const std::string_view pattern = fuzz::take_part(text, '\0');
  match(pattern, text);
  return 0;
}
