// merge.h - many reports summed into one.
//
// A finding is the same one where its id is: instances and bytes are summed, who has seen it is listed, and
// the example is that of the first report that has it. Merging merged reports gives
// what merging all at once does, byte for byte, as long as the files come in the same order and no cap is
// reached.
//
// Memory grows with distinct findings and notes, not with reports, of which no more is kept than two numbers:
// an example is kept as text, and lists of who has seen something are capped.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "compare/finding_table.h"
#include "report_file/report_reader.h"

namespace gordian {

inline constexpr std::size_t kMostSightings = 20;     // of one finding
inline constexpr std::size_t kMostMergedNotes = 100;  // different ones

struct MergedFinding {
  ReportedFinding sum;
  std::string json;  // the finding as the first report has it, without who has seen it
};

struct MergedReport {
  ReportedRun run;  // program and pid are those that all reports share, or "" and 0
  std::vector<MergedFinding> findings;
};

class Merger {
 public:
  // Adds the report that `read` reads: it gives the findings to its handler, and returns the rest. `file` is
  // what the report is called. After an Error nothing may be asked of the object.
  void add(const std::string& file, const std::function<ReportedRun(const FindingHandler&)>& read);

  // All that was added, in the order of a single report: cycles before orphans, proved before likely, larger
  // first, then by id. The object is left empty.
  MergedReport take();

  // A run that is in two of the files, as far as the lists of who has seen what tell: one of them was merged
  // from the other. Its numbers were counted twice. The report's file; empty where there is none.
  const std::string& counted_twice() const { return counted_twice_; }

  // The first file that has another check of a process than a file before: what was alive at both was counted
  // twice. Empty where there is none.
  const std::string& another_check() const { return another_check_; }

 private:
  std::size_t place_of(const ReportedFinding& finding, nlohmann::ordered_json&& json);
  void note_check(const std::string& file, const ReportedRun& run);
  void add_run(ReportedRun&& run);
  void add_sighting(ReportedFinding& sum, Sighting&& sighting);

  MergedReport merged_;
  std::string counted_twice_;
  std::string another_check_;
  std::map<std::string, std::map<std::uint64_t, std::uint64_t>> checks_;  // by program and pid
  bool first_ = true;
  std::map<FindingKey, std::size_t> place_;  // in `merged_.findings`
};

}  // namespace gordian
