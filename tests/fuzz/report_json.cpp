// report_json.cpp - any text as JSON reports: read, merged, compared, and told in every format that sums
// have. A NUL stands between two reports.
//
// A merged report that is written is read and merged again, and stays what it is.
#include <nlohmann/json.hpp>
#include <vector>

#include "compare/diff.h"
#include "compare/diff_json.h"
#include "compare/diff_text.h"
#include "compare/merge.h"
#include "compare/merge_formats.h"
#include "compare/merged_suites.h"
#include "compare/restored_report.h"
#include "fuzz.h"
#include "report/formats.h"

using namespace gordian;

namespace {

ReportedRun read(std::string_view text, const FindingHandler& handle) {
  TextSource source("r.json", text);
  return read_report(source, handle);
}

MergedReport merged(const std::vector<std::string_view>& reports) {
  Merger merger;
  for (const std::string_view text : reports)
    merger.add("r.json", [&](const FindingHandler& handle) { return read(text, handle); });
  return merger.take();
}

void sum(const std::vector<std::string_view>& reports) {
  const MergedReport report = merged(reports);
  merged_text(report, Paint());
  const std::string json = merged_json(report);
  fuzz::require(merged_json(merged({json})) == json);
  RestoredReport restored(report);
  const Format& format =
      report_formats()[json.size() % report_formats().size()];  // all of them take very long
  format.render(restored.report([](const Finding&) { return true; }), Look{});
}

void list_suites(const std::vector<std::string_view>& reports) {
  MergedSuites suites;
  Merger all;
  for (const std::string_view text : reports)
    suites.add(
        "r.json", [&](const FindingHandler& handle) { return read(text, handle); }, all);
  suites.document([](const Finding&) { return true; }, Look{});
}

ComparedRun run_of(std::string_view text) {
  ComparedRun run;
  run.file = "r.json";
  run.run = read(text, [&](ReportedFinding&& finding, nlohmann::ordered_json&&) {
    add_to_table(run.findings, std::move(finding));
  });
  return run;
}

void compare(std::string_view before, std::string_view after) {
  const ComparedRun old_run = run_of(before);
  const ComparedRun new_run = run_of(after);
  const Diff diff = diff_of(old_run.findings, new_run.findings);
  diff_text(old_run, new_run, diff, Paint());
  diff_json(old_run, new_run, diff, DiffFailOn::any);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::as_text(data, size);
  std::vector<std::string_view> reports;
  do reports.push_back(fuzz::take_part(text, '\0'));
  while (!text.empty() && reports.size() < 4);
  fuzz::ask([&] { sum(reports); });
  fuzz::ask([&] { list_suites(reports); });
  fuzz::ask([&] { compare(reports.front(), reports.back()); });
  return 0;
}
