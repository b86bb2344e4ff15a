// markdown_report.cpp - headline, table, details, notes.
#include "report/markdown_report.h"

#include <algorithm>
#include <span>
#include <vector>

#include "report/finding_words.h"
#include "report/markdown.h"
#include "report/text_cuts.h"
#include "report/text_finding.h"
#include "report/text_report.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostInCell = 120;  // characters of a name or an advice

std::string place(const SourcePosition& position, const Look& look) {
  const std::string file = printable(path_below(position.file, look.checkout));
  return position.line == 0 ? file : file + ":" + std::to_string(position.line);
}

std::string cut_cells(const Finding& finding) {
  if (finding.kind == FindingKind::orphan) return " | free its holder";
  if (finding.cuts.empty()) return " | no single member breaks it";
  const Cut& cut = finding.cuts.front();
  std::string together;  // what else must go
  for (const Cut& other : std::span(finding.cuts).subspan(1)) {
    if (!other.breaks_all)
      together += " and " + html_code(printable(cut_name(other, finding), kMostInCell));
  }
  return html_code(printable(cut_name(cut, finding), kMostInCell)) + together + " | " +
         html_code(printable(cut.advice, kMostInCell));
}

std::string objects_cell(const Finding& finding) {
  if (finding.fewest_objects == finding.most_objects) return std::to_string(own_objects(finding));
  return std::to_string(finding.fewest_objects) + " to " + std::to_string(finding.most_objects);
}

std::string row(const Finding& finding, const TextContext& context) {
  const auto position = finding_position(finding, context.stacks);
  return "| " + finding_name(finding) + " | " + std::to_string(finding.instances) + " | " +
         objects_cell(finding) + " | " + std::to_string(finding.retained_objects) + " | " +
         size_words(finding.bytes) + " | " + evidence_word(finding.evidence) + " | " + cut_cells(finding) +
         " | " + (position ? html_code(place(*position, context.look)) : "") + " |\n";
}

std::string table(std::span<const Finding* const> findings, const TextContext& context) {
  std::string text =
      "| Finding | Instances | Objects | Retained | Size | Evidence | Cut | Change | Where |\n"
      "| --- | ---: | ---: | ---: | ---: | --- | --- | --- | --- |\n";
  for (const auto* finding : findings) text += row(*finding, context);
  return text;
}

std::string details(const Finding& finding, const TextContext& context) {
  return "<details><summary>" + finding_name(finding) + "</summary>\n\n" +
         code_block(text_finding(finding, context)) + "\n</details>\n";
}

}  // namespace

std::string markdown_report(const Report& report, const Look& look) {
  const auto all = findings_for_people(report.findings);
  const std::string accepted = accepted_section(report.findings);
  const std::string grown = grown_section(report, look, Paint());
  if (all.empty() && accepted.empty() && grown.empty() && look.quiet_when_clean) return "";
  const auto shown = std::span(all).first(std::min(all.size(), kMostFindings));
  const Paint paint;
  CallStacks stacks(report);
  const TextContext context{report, look, paint, stacks};

  std::string text = "### gordian: " + html_text(headline(report, look)) + "\n";
  if (!shown.empty()) text += "\n" + table(shown, context);
  for (const auto* finding : shown) text += "\n" + details(*finding, context);
  if (all.size() > shown.size()) {
    text += "\n… and " + counted(all.size() - shown.size(), "more finding") + "; see the JSON report\n";
  }
  if (!accepted.empty())
    text += "\n<details><summary>accepted</summary>\n\n" + code_block(accepted) + "\n</details>\n";
  if (!grown.empty()) text += "\n" + code_block(grown);
  std::string notes;
  for (const auto& note : notes_for_people(report)) notes += "- note: " + html_text(note) + "\n";
  return text + (notes.empty() ? "" : "\n" + notes) + "\n";
}

}  // namespace gordian
