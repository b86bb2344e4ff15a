// report_reader.h - JSON reports (report.schema.json, version 1), read back a finding at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/findings.h"
#include "report_file/text_source.h"

namespace gordian {

// A process that had a finding, by the report that says so.
struct Sighting {
  std::string program;
  std::uint64_t pid = 0;
  std::string file;  // of the report, as it was named
  std::optional<std::string> test;
  std::uint64_t instances = 0;
};

// What there is to say of a finding without its example.
struct ReportedFinding {
  std::string id;
  FindingKind kind = FindingKind::cycle;
  bool root = true;
  std::uint64_t instances = 0;
  Evidence evidence = Evidence::proved;
  std::uint64_t cycle_objects = 0;
  std::uint64_t fewest_objects = 0;  // in any instance's cycle
  std::uint64_t most_objects = 0;
  std::uint64_t bytes = 0;
  std::optional<std::string> test;
  std::vector<std::string> types;  // of the objects that close the cycle, or are orphans; each once
  std::optional<std::string> cut;  // the best one: "Obj::a: make it std::weak_ptr<Obj>"
  std::optional<std::string> suppressed_by;
  std::optional<std::string> suppressed_why;
  bool accepted_by_baseline = false;       // suppressed_by names one
  std::uint64_t suppressed_instances = 0;  // of `instances`, those that were accepted where they were seen
  std::uint64_t suppressed_bytes = 0;
  std::vector<Sighting> seen_by;  // where the report is merged from others
  std::uint64_t seen_by_omitted = 0;
};

struct ReportTotals {
  std::uint64_t cycles = 0;
  std::uint64_t objects_in_cycles = 0;
  std::uint64_t objects_retained = 0;
  std::uint64_t orphans = 0;
  std::uint64_t bytes = 0;
  std::uint64_t suppressed = 0;
  std::uint64_t baselined = 0;
};

// A report without its findings.
struct ReportedRun {
  std::string program;
  std::uint64_t pid = 0;
  std::uint64_t check = 0;  // of the process; 0: it does not say, or is merged
  ReportTotals totals;
  std::vector<std::string> notes;
  std::optional<std::vector<std::string>> unused_suppressions;  // none: it does not say
  std::uint64_t notes_omitted = 0;
  std::uint64_t reports = 0;  // it is merged from; 1 where it was not merged
  std::uint64_t reports_with_findings = 0;
};

// Gets each finding, and the JSON it was read from: the fields that the schema names, and no others.
using FindingHandler = std::function<void(ReportedFinding&& finding, nlohmann::ordered_json&& json)>;

// Reads the report in `source`, its fields in any order. In memory is never more than one finding. Throws
// Error that names file, line and column where it is no report of this version; findings that
// came before were given by then.
ReportedRun read_report(TextSource& source, const FindingHandler& handle);

}  // namespace gordian
