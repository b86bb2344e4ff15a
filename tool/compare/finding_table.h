// finding_table.h - the findings of one report, by what makes them the same finding in another.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "report_file/report_reader.h"

namespace gordian {

// An id says what a finding is made of, in every run and on every machine. The kind is part of the key
// so that ids of eight digits that agree by chance sum no cycles with orphans.
struct FindingKey {
  FindingKind kind;
  std::string id;
  auto operator<=>(const FindingKey&) const = default;
};

using FindingTable = std::map<FindingKey, ReportedFinding>;

// Adds `number` to `sum`. Throws Error where that does not fit: such numbers were made up.
void add_number(std::uint64_t& sum, std::uint64_t number);

// Adds what `more` says to `finding` of the same key: instances and bytes are summed, and what was suppressed in
// both stays suppressed. It is proved where it is in one of them, for it fails a run there; a report that suppresses
// it has no say in that where the other does not. Who has seen it is not touched.
void add_finding(ReportedFinding& finding, const ReportedFinding& more);

}  // namespace gordian
