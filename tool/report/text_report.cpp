// text_report.cpp - headline, findings, notes.
#include "report/text_report.h"

#include <algorithm>
#include <span>

#include "report/finding_words.h"
#include "report/fit.h"
#include "report/text_finding.h"
#include "report/wording.h"

namespace gordian {
namespace {

// The totals of one kind of finding: of those that people are told about.
struct Total {
  std::uint64_t findings = 0;
  std::uint64_t bytes = 0;
  std::uint64_t instances = 0;
};

Total total_of(const Findings& findings, FindingKind kind) {
  Total total;
  for (const auto* finding : findings_for_people(findings)) {
    if (finding->kind != kind) continue;
    ++total.findings;
    total.bytes += finding->bytes;
    total.instances += finding->instances;
  }
  return total;
}

std::string program_words(const Report& report, const Look& look) {
  if (!report.reports.empty()) return report.reports;
  std::string program = shown_path(report.snapshot.program, look.directory);
  if (program.empty()) {
    program = "the program";
  } else if (program.find('/') == std::string::npos) {
    program = "./" + program;
  }
  return program + " (pid " + std::to_string(report.snapshot.pid) + ")";
}

std::string keeps_words(const Findings& findings, const Total& cycles) {
  return counted(findings.cycles, "cycle") + (findings.cycles == 1 ? " keeps " : " keep ") +
         counted(findings.objects_in_cycles + findings.objects_retained, "object") + " (" +
         size_words(cycles.bytes) + ") alive";
}

std::string orphans_words(const Total& orphans) {
  return counted(orphans.instances, "orphan") + " (" + size_words(orphans.bytes) + ") " +
         (orphans.instances == 1 ? "is" : "are") + " left without an owner";
}

std::string likely_orphans_note(const Findings& findings) {
  std::uint64_t likely = 0;
  for (const auto& finding : findings.findings) {
    const bool counts =
        finding.kind == FindingKind::orphan && finding.evidence == Evidence::likely && !finding.accepted;
    likely += counts ? finding.instances : 0;
  }
  if (likely == 0) return "";
  return counted(likely, "object") + (likely == 1 ? " is" : " are") +
         " likely orphaned, but not every strong reference was found; the JSON report lists " +
         (likely == 1 ? "it" : "them");
}

}  // namespace

namespace {

// "1 cycle keeps itself alive": what a test case is told that it has left.
std::string alive_words(const std::vector<const Finding*>& findings) {
  std::uint64_t cycles = 0;
  std::uint64_t orphans = 0;
  for (const auto* finding : findings)
    (finding->kind == FindingKind::cycle ? cycles : orphans) += finding->instances;
  std::string words;
  if (cycles != 0)
    words = counted(cycles, "cycle") + (cycles == 1 ? " keeps itself alive" : " keep themselves alive");
  if (cycles != 0 && orphans != 0) words += ", and ";
  if (orphans != 0)
    words += counted(orphans, "orphan") + (orphans == 1 ? " is" : " are") + " left without an owner";
  return words;
}

// Each behind an empty line.
std::string findings_text(const Report& report, const Look& look, const Paint& paint,
                          std::span<const Finding* const> findings) {
  CallStacks stacks(report);
  std::string text;
  for (const auto* finding : findings) {
    text += "\n" + text_finding(*finding, TextContext{report, look, paint, stacks});
  }
  return text;
}

}  // namespace

std::string headline(const Report& report, const Look& look) {
  const Total cycles = total_of(report.findings, FindingKind::cycle);
  const Total orphans = total_of(report.findings, FindingKind::orphan);
  std::string what = "no cycles";
  if (cycles.findings != 0) what = keeps_words(report.findings, cycles);
  if (orphans.findings != 0) {
    what = (cycles.findings == 0 ? "" : what + ", and ") + orphans_words(orphans);
    if (cycles.findings != 0) what += ",";
  }
  const std::size_t accepted = accepted_findings(report.findings).size();
  const std::string growth = growth_words(report.findings);
  return what + " in " + program_words(report, look) +
         (accepted == 0
              ? ""
              : "; " + counted(accepted, "finding") + (accepted == 1 ? " is" : " are") + " accepted") +
         (growth.empty() ? "" : "; " + growth);
}

std::string accepted_section(const Findings& findings) {
  const auto accepted = accepted_findings(findings);
  if (accepted.empty()) return "";
  std::string text = "accepted: " + counted(accepted.size(), "finding") + "\n";
  for (std::size_t i = 0; i < std::min(accepted.size(), kMostFindings); ++i)
    text += "  " + accepted_words(*accepted[i]) + "\n    " + acceptance_words(*accepted[i]->accepted) + "\n";
  if (accepted.size() > kMostFindings) {
    text += "  … and " + std::to_string(accepted.size() - kMostFindings) + " more; see the JSON report\n";
  }
  return text;
}

std::string grown_section(const Report& report, const Look& look, const Paint& paint) {
  constexpr std::size_t kMost = 10;
  const auto& grown = report.findings.grown;
  if (grown.empty()) return "";
  CallStacks stacks(report);
  std::string text =
      "grew since check " + std::to_string(report.findings.earlier->number) + ", owned or not:\n";
  for (const GrownSite& site : std::span(grown).first(std::min(grown.size(), kMost))) {
    const auto& frames = stacks.program_frames(site.stack);
    text += "  " + printable(site.type) + ": " + std::to_string(site.now - site.before) + " more (" +
            std::to_string(site.before) + " -> " + std::to_string(site.now) + ")" +
            (site.rises > 1 ? ", rising for " + std::to_string(site.rises) + " checks" : "") +
            (frames.empty() ? "" : ", made " + place_words(frames.front(), look.directory, paint)) + "\n";
  }
  if (grown.size() > kMost) {
    text += "  … and " + counted(grown.size() - kMost, "more place") + "; see the JSON report\n";
  }
  return text;
}

std::vector<std::string> notes_for_people(const Report& report) {
  std::vector<std::string> notes;
  const std::string likely = likely_orphans_note(report.findings);
  if (!likely.empty()) notes.push_back(likely);
  for (const auto& note : report.notes()) notes.push_back(printable(note, 1000));
  for (const auto& rule : report.findings.unused_rules)
    notes.push_back(printable(rule) + " accepted nothing");
  return notes;
}

std::string text_report(const Report& report, const Look& look) {
  const Paint paint(look.terminal);
  const auto all = findings_for_people(report.findings);
  const std::string accepted = accepted_section(report.findings);
  const std::string grown = grown_section(report, look, paint);
  if (all.empty() && accepted.empty() && grown.empty() && look.quiet_when_clean) return "";

  std::string text = paint(Ink::headline, "gordian: " + headline(report, look)) + "\n";
  text += findings_text(report, look, paint, std::span(all).first(std::min(all.size(), kMostFindings)));
  if (all.size() > kMostFindings) {
    text += "\n… and " + counted(all.size() - kMostFindings, "more finding") + "; see the JSON report\n";
  }
  if (!accepted.empty()) text += "\n" + accepted;
  if (!grown.empty()) text += "\n" + grown;
  std::string notes;
  for (const auto& note : notes_for_people(report)) notes += paint(Ink::note, "note: ") + note + "\n";
  return fitted(text + (notes.empty() ? "" : "\n" + notes), look.terminal.width);
}

std::string brief_report(const Report& report, const Look& look) {
  constexpr std::size_t kMost = 3;
  std::vector<const Finding*> failing;
  for (const auto* finding : findings_for_people(report.findings)) {
    if (report.fails(*finding)) failing.push_back(finding);
  }
  if (failing.empty()) return "";
  const Paint paint(look.terminal);
  const std::size_t shown = std::min(failing.size(), kMost);
  std::string text =
      alive_words(failing) + "\n" + findings_text(report, look, paint, std::span(failing).first(shown));
  if (failing.size() > shown) text += "\n… and " + counted(failing.size() - shown, "more finding") + "\n";
  return fitted(text, look.terminal.width);
}

}  // namespace gordian
