// merged_text.cpp - headline, findings, notes.
#include <algorithm>

#include "compare/merge_formats.h"
#include "compare/reported_words.h"
#include "report/fit.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostShown = 3;  // sightings of one finding

struct Sum {
  std::uint64_t instances = 0;
  std::uint64_t bytes = 0;
};

// Over what counts: nothing that is suppressed where it was seen, and no orphan that is likely.
Sum sum_of(const MergedReport& report, FindingKind kind) {
  Sum sum;
  for (const auto& [finding, json] : report.findings) {
    if (finding.kind != kind || finding.suppressed_by || !can_fail(kind, finding.evidence)) continue;
    add_number(sum.instances, finding.instances - std::min(finding.instances, finding.suppressed_instances));
    add_number(sum.bytes, finding.bytes - std::min(finding.bytes, finding.suppressed_bytes));
  }
  return sum;
}

std::string headline(const MergedReport& report) {
  const ReportedRun& run = report.run;
  const Sum cycles = sum_of(report, FindingKind::cycle);
  const Sum orphans = sum_of(report, FindingKind::orphan);
  std::string what;
  if (cycles.instances != 0) {
    what = counted(cycles.instances, "cycle") + (cycles.instances == 1 ? " keeps " : " keep ") +
           counted(run.totals.objects_in_cycles + run.totals.objects_retained, "object") + " (" +
           size_words(cycles.bytes) + ") alive";
  }
  if (orphans.instances != 0) {
    what += (what.empty() ? "" : ", and ") + counted(orphans.instances, "orphan") + " (" +
            size_words(orphans.bytes) + ") " + (orphans.instances == 1 ? "is" : "are") +
            " left without an owner";
  }
  if (what.empty()) return "gordian: no cycles in " + counted(run.reports, "report");
  return "gordian: " + what + ", in " + std::to_string(run.reports_with_findings) + " of " +
         counted(run.reports, "report");
}

std::string sightings(const ReportedFinding& finding) {
  std::string text;
  for (const std::string& line : seen_by_words(finding, kMostShown)) text += "  " + line + "\n";
  return text;
}

std::string accepted_section(const MergedReport& report) {
  std::string lines;
  std::uint64_t accepted = 0;
  for (const auto& [finding, json] : report.findings) {
    if (!finding.suppressed_by) continue;
    ++accepted;
    lines += "  " + finding_words(finding) + "\n    " + printable(*finding.suppressed_by) +
             (finding.suppressed_why ? " because " + printable(*finding.suppressed_why, 400) : "") + "\n";
  }
  return accepted == 0 ? "" : "\naccepted: " + counted(accepted, "finding") + "\n" + lines;
}

}  // namespace

std::string merged_text(const MergedReport& report, const Paint& paint) {
  std::string text = paint(Ink::headline, headline(report)) + "\n";
  for (const auto& [finding, json] : report.findings) {
    if (finding.suppressed_by) continue;
    text += "\n" + finding_words(finding) + paint(Ink::cut, cut_words(finding)) + "\n" + sightings(finding);
  }
  text += accepted_section(report);
  const auto unused = report.run.unused_suppressions.value_or(std::vector<std::string>());
  if (!report.run.notes.empty() || !unused.empty()) text += "\n";
  for (const auto& note : report.run.notes) {
    text += paint(Ink::note, "note: ") + printable(note, 1000) + "\n";
  }
  for (const auto& rule : unused)
    text += paint(Ink::note, "note: ") + printable(rule) + " accepted nothing\n";
  if (report.run.notes_omitted != 0) {
    text += "… and " + counted(report.run.notes_omitted, "more note") + "\n";
  }
  return fitted(text, paint.terminal().width);
}

}  // namespace gordian
