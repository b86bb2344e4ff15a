// notes.h - the notes of a report, from everybody who has some.
#pragma once

#include <string>
#include <vector>

#include "analysis/findings.h"
#include "snapshot/snapshot.h"

namespace gordian {

// What the runtime could not see, a sentence each.
std::vector<std::string> snapshot_notes(const Snapshot& snapshot);

// The runtime's notes, the analysis's, and `code_notes` about debug info; each sentence once.
std::vector<std::string> all_notes(const Snapshot& snapshot, const Findings& findings,
                                   const std::vector<std::string>& code_notes);

}  // namespace gordian
