// text_report.cpp - headline, findings, notes.
#include "report/text_report.h"

#include <algorithm>
#include <numeric>

#include "report/text_finding.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostFindings = 20;

// What the text tells of one kind of finding: those that it shows.
struct Shown {
  std::vector<const Finding*> findings;
  std::uint64_t bytes = 0;
  std::uint64_t instances = 0;
};

Shown shown_of(const Findings& findings, FindingKind kind) {
  Shown shown;
  for (const auto& finding : findings.findings) {
    if (finding.kind != kind) continue;
    if (kind == FindingKind::orphan && finding.evidence != Evidence::proved) continue;
    shown.findings.push_back(&finding);
    shown.bytes += finding.bytes;
    shown.instances += finding.instances;
  }
  return shown;
}

std::string program_words(const Report& report, const Look& look) {
  std::string program = shown_path(report.snapshot.program, look.directory);
  if (program.empty()) {
    program = "the program";
  } else if (program.find('/') == std::string::npos) {
    program = "./" + program;
  }
  return program + " (pid " + std::to_string(report.snapshot.pid) + ")";
}

std::string keeps_words(const Findings& findings, const Shown& cycles) {
  return counted(findings.cycles, "cycle") + (findings.cycles == 1 ? " keeps " : " keep ") +
         counted(findings.objects_in_cycles + findings.objects_retained, "object") + " (" +
         size_words(cycles.bytes) + ") alive";
}

std::string orphans_words(const Shown& orphans) {
  return counted(orphans.instances, "orphan") + " (" + size_words(orphans.bytes) + ") " +
         (orphans.instances == 1 ? "is" : "are") + " left without an owner";
}

std::string headline(const Report& report, const Look& look, const Shown& cycles, const Shown& orphans) {
  std::string what = "no cycles";
  if (!cycles.findings.empty()) what = keeps_words(report.findings, cycles);
  if (!orphans.findings.empty()) {
    what = (cycles.findings.empty() ? "" : what + ", and ") + orphans_words(orphans);
    if (!cycles.findings.empty()) what += ",";
  }
  return "gordian: " + what + " in " + program_words(report, look);
}

std::string likely_orphans_note(const Findings& findings) {
  std::uint64_t likely = 0;
  for (const auto& finding : findings.findings) {
    const bool counts = finding.kind == FindingKind::orphan && finding.evidence == Evidence::likely;
    likely += counts ? finding.instances : 0;
  }
  if (likely == 0) return "";
  return counted(likely, "object") + (likely == 1 ? " is" : " are") +
         " likely orphaned, but not every strong reference was found; the JSON report lists " +
         (likely == 1 ? "it" : "them");
}

std::string notes_part(const Report& report, const Paint& paint) {
  std::vector<std::string> notes;
  const std::string likely = likely_orphans_note(report.findings);
  if (!likely.empty()) notes.push_back(likely);
  for (auto& note : report.notes()) notes.push_back(std::move(note));
  std::string part;
  for (const auto& note : notes) part += paint(Ink::note, "note: ") + printable(note, 1000) + "\n";
  return part.empty() ? "" : "\n" + part;
}

}  // namespace

std::string text_report(const Report& report, const Look& look) {
  const Paint paint(look.colour);
  const Shown cycles = shown_of(report.findings, FindingKind::cycle);
  const Shown orphans = shown_of(report.findings, FindingKind::orphan);
  std::vector<const Finding*> all = cycles.findings;
  all.insert(all.end(), orphans.findings.begin(), orphans.findings.end());
  if (all.empty() && look.quiet_when_clean) return "";

  std::string text = paint(Ink::headline, headline(report, look, cycles, orphans)) + "\n";
  CallStacks stacks(report);
  for (std::size_t i = 0; i < std::min(all.size(), kMostFindings); ++i) {
    text += "\n" + text_finding(*all[i], TextContext{report, look, paint, stacks});
  }
  if (all.size() > kMostFindings) {
    text += "\n… and " + counted(all.size() - kMostFindings, "more finding") + "; see the JSON report\n";
  }
  return text + notes_part(report, paint);
}

}  // namespace gordian
