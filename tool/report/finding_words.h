// finding_words.h - one finding in a sentence or two, and its place in the source: for the formats
// that CI systems read.
//
// Names in these words have lost their control characters and are of bounded length
// (wording.h), whatever the format; each format escapes them in its own way.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "report/call_stacks.h"

namespace gordian {

inline constexpr std::size_t kMostFindings = 20;  // that formats for people tell about

// People are not told about orphans that are only likely, which are counted in a note, nor about what was
// accepted, which has a section of its own.
bool is_for_people(const Finding& finding);

// What people are told about, cycles first.
std::vector<const Finding*> findings_for_people(const Findings& findings);

// The accepted ones, in the order of the report.
std::vector<const Finding*> accepted_findings(const Findings& findings);

// "gordian.suppressions:3: type:Session because it lives as long as the process"; "baseline.json";
// Every instance of `finding` keeps as many objects alive as the one that is shown.
bool retains_alike(const Finding& finding);

// "gordian_ignore()": what accepts a finding.
std::string acceptance_words(const Acceptance& acceptance);

// "cycle 3f9a2c71 · Parent, Child · 2 objects · 96 bytes": an accepted finding, in a line.
std::string accepted_words(const Finding& finding);

// "reference-cycle", "orphan": what CI systems know a kind of finding by, for good.
const char* rule_id(FindingKind kind);

// "new since check 1"; "3 more than at check 1 (5 -> 8)"; "as often as at check 1"; "" where there was no
// check before.
std::string growth_words(const Finding& finding, const std::optional<EarlierCheck>& earlier);

// "since check 1, 40 s before: 1 new, 2 more": of the findings that people are told about.
std::string growth_words(const Findings& findings);

// "proved: all 3 strong references were found", of a finding that people are told about.
std::string evidence_reason(const Finding& finding);

// "cycle", "retained", "orphan".
const char* role_word(Role role);

// "cycle 3f9a2c71".
std::string finding_name(const Finding& finding);

// The objects in one instance, without those that are merely retained.
std::uint64_t own_objects(const Finding& finding);

// "3 objects"; "3 to 5 objects" where instances differ.
std::string own_objects_words(const Finding& finding);

// "A reference cycle of 3 objects (192 bytes) keeps itself alive."
std::string finding_sentence(const Finding& finding);

// "Cut Obj::a: make it std::weak_ptr<Obj>. It points back to the object allocated first; without it
// all 3 are freed." For an orphan, what was lost.
std::string advice_sentence(const Finding& finding);

// What to look at: the declaration of the member to cut, else where the first object of which that
// is known was allocated; none without debug info.
std::optional<SourcePosition> finding_position(const Finding& finding, CallStacks& stacks);

// The innermost of the program's frames of stack `row` that has a file.
std::optional<SourcePosition> allocation_position(std::uint32_t row, CallStacks& stacks);

// `file` without "." and ".." in it, and relative to `root` when it lies below that.
std::string path_below(const std::string& file, const std::filesystem::path& root);

}  // namespace gordian
