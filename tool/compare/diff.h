// diff.h - what changed between two reports.
//
// A finding is the same one where its id is: types and members. How often it was found tells more
// from fewer; sizes and evidence change with compilers and libraries, and are no change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compare/finding_table.h"
#include "report_file/report_reader.h"

namespace gordian {

// "new" is no name in C++.
enum class Change { appeared, more, fewer, gone };

struct ChangedFinding {
  Change change = Change::appeared;
  ReportedFinding finding;  // as NEW has it; as OLD had it where it is gone
  std::uint64_t old_instances = 0;
  std::uint64_t new_instances = 0;
  std::uint64_t old_bytes = 0;
  std::uint64_t new_bytes = 0;
};

// One of the two reports.
struct ComparedRun {
  std::string file;
  ReportedRun run;
  FindingTable findings;
};

struct Diff {
  std::vector<ChangedFinding> changes;  // in the order of Change; then larger ones first; then by id
  std::uint64_t unchanged = 0;          // findings
  std::uint64_t suppressed = 0;         // findings of NEW that are, and so are neither new nor more
};

// Puts a finding into a report's table. Who has seen it makes no difference, and is dropped.
void add_to_table(FindingTable& table, ReportedFinding finding);

Diff diff_of(const FindingTable& before, const FindingTable& after);

enum class DiffFailOn { appeared, more, any, none };

// Whether `change` makes a comparison fail. Never one for the better, and never an orphan that is likely: it
// may have an owner that the optimiser hid.
bool fails(const ChangedFinding& change, DiffFailOn fail_on);

const char* word(Change change);

}  // namespace gordian
