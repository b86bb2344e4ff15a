// diff_json.cpp - Diff to JSON, keys in the schema's order.
#include "compare/diff_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/json_or_null.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

Json run_json(const ComparedRun& run) {
  return {
      {"file", run.file}, {"program", run.run.program}, {"pid", run.run.pid}, {"reports", run.run.reports}};
}

Json summary_json(const Diff& diff) {
  Json summary = {{"new", 0}, {"more", 0}, {"fewer", 0}, {"gone", 0}};
  for (const auto& changed : diff.changes) {
    Json& number = summary[word(changed.change)];
    number = number.get<std::uint64_t>() + 1;
  }
  summary["unchanged"] = diff.unchanged;
  summary["suppressed"] = diff.suppressed;
  return summary;
}

Json change_json(const ChangedFinding& changed, DiffFailOn fail_on) {
  const ReportedFinding& finding = changed.finding;
  return {{"change", word(changed.change)},
          {"fails", fails(changed, fail_on)},
          {"id", finding.id},
          {"kind", kind_word(finding.kind)},
          {"evidence", evidence_word(finding.evidence)},
          {"types", finding.types},
          {"cycle_objects", finding.cycle_objects},
          {"old_instances", changed.old_instances},
          {"new_instances", changed.new_instances},
          {"old_bytes", changed.old_bytes},
          {"new_bytes", changed.new_bytes},
          {"test", or_null(finding.test)},
          {"cut", or_null(finding.cut)}};
}

}  // namespace

std::string diff_json(const ComparedRun& before, const ComparedRun& after, const Diff& diff,
                      DiffFailOn fail_on) {
  Json changes = Json::array();
  for (const auto& changed : diff.changes) changes.push_back(change_json(changed, fail_on));
  const Json document = {{"format", "gordian-diff"},      {"version", 1},
                         {"old", run_json(before)},       {"new", run_json(after)},
                         {"summary", summary_json(diff)}, {"changes", std::move(changes)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gordian
