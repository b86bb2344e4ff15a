// restored_report.cpp - findings, their stacks, and what is said of all of them.
#include "compare/restored_report.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "compare/merge_formats.h"
#include "compare/reported_words.h"
#include "compare/restored_finding.h"
#include "program/frames/source_lines.h"
#include "report/wording.h"

namespace gordian {
namespace {

std::string text_of(const std::vector<Frame>& frames) {
  std::string text;
  for (const auto& frame : frames) {
    text += frame.function.value_or("") + '\0' + frame.file.value_or("") + '\0' +
            std::to_string(frame.line.value_or(0)) + '\0' + frame.module + '\0' +
            std::to_string(frame.offset) + (frame.inlined ? "i" : "") + '\n';
  }
  return text;
}

std::string reports_words(const ReportedRun& run) {
  const std::string all = counted(run.reports, "report");
  const bool plain = run.reports_with_findings == 0 || run.reports == 1;
  return plain ? all : std::to_string(run.reports_with_findings) + " of " + all;
}

}  // namespace

RestoredReport::RestoredReport(const MergedReport& merged)
    : code_{frames_, [](const Frame&) { return false; }, source_line}, reports_(reports_words(merged.run)) {
  snapshot_.stacks = {{0, 0}};
  snapshot_.program = merged.run.program;
  snapshot_.pid = static_cast<std::uint32_t>(merged.run.pid);
  const ReportTotals& totals = merged.run.totals;
  findings_.cycles = totals.cycles;
  findings_.objects_in_cycles = totals.objects_in_cycles;
  findings_.objects_retained = totals.objects_retained;
  findings_.orphans = totals.orphans;
  findings_.bytes = totals.bytes;
  findings_.unused_rules = merged.run.unused_suppressions.value_or(std::vector<std::string>());
  for (const auto& one : merged.findings) {
    findings_.findings.push_back(
        restored_finding(merged_finding_json(one),
                         [this](std::vector<Frame>&& frames) { return keep_stack(std::move(frames)); }));
    Finding& finding = findings_.findings.back();
    finding.footprint.types = one.sum.types;
    finding.seen_by = seen_by_words(one.sum);
  }
  notes_ = merged.run.notes;
  if (merged.run.notes_omitted != 0) notes_.push_back(counted(merged.run.notes_omitted, "more note"));
}

Report RestoredReport::report(std::function<bool(const Finding&)> fails) {
  return {snapshot_, findings_, code_, [this] { return notes_; }, std::move(fails), reports_};
}

std::uint32_t RestoredReport::keep_stack(std::vector<Frame>&& frames) {
  const auto [at, is_new] = rows_.try_emplace(text_of(frames), snapshot_.stacks.size());
  if (!is_new) return at->second;
  snapshot_.stacks.push_back({static_cast<std::uint32_t>(snapshot_.frames.size()), 1});
  snapshot_.frames.push_back(frames_.stacks.size());
  frames_.stacks.push_back(std::move(frames));
  return at->second;
}

}  // namespace gordian
