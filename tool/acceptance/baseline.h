// baseline.h - the findings that were there when gordian was brought in, or were agreed on since.
//
// A file to be kept with the sources: JSON, a line for each finding, sorted by id, so that its history reads
// well.
//
//   {
//     "format": "gordian-baseline",
//     "version": 1,
//     "findings": [
//       {"id": "3f9a2c71", "kind": "cycle", "instances": 2, "what": "Parent, Child · cut Child::parent: ..."}
//     ]
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "analysis/findings.h"

namespace gordian {

// In bytes: some 300,000 findings.
inline constexpr std::size_t kLargestBaseline = std::size_t{64} << 20;

struct BaselineEntry {
  FindingKind kind = FindingKind::cycle;
  std::uint64_t instances = 0;  // in one process at most, when it was accepted
  std::string what;             // for readers of the file; nothing hangs on it
};

struct Baseline {
  std::map<std::string, BaselineEntry> findings;  // by id
};

// Throws Error that names the file, and where something is wrong in it line and column.
Baseline read_baseline(const std::string& path);
// Likewise of a text; `name` is what errors call it.
Baseline read_baseline_text(std::string_view text, const std::string& name);

// The file's text.
std::string baseline_text(const Baseline& baseline);

}  // namespace gordian
