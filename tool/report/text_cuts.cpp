// text_cuts.cpp - the advice.
#include "report/text_cuts.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostOtherCuts = 4;

bool is_through(const Cut& cut, const FoundReference& reference) {
  return cut.member == (reference.field ? reference.field : reference.member);
}

// Not all that lies at offsets behind its member, where nothing has a name.
bool is_told_by_path(const Cut& cut, const Finding& finding) {
  if (!cut.member || before_offsets(cut.path).empty() || cut.path.find("[]") != std::string::npos) return false;
  return std::any_of(finding.references.begin(), finding.references.end(), [&](const FoundReference& other) {
    return is_through(cut, other) && other.path != cut.path;
  });
}

std::string cut_words(const Cut& cut, const Finding& finding) {
  return (cut.member ? "" : "the reference at ") + printable(cut_name(cut, finding)) + ": " + printable(cut.advice, 500);
}

bool is_cut_by(const Cut& cut, const Finding& finding, const FoundReference& reference) {
  if (is_told_by_path(cut, finding)) return cut.path == reference.path;
  if (!cut.member) {
    const auto from = std::find_if(finding.objects.begin(), finding.objects.end(),
                                   [&](const FoundObject& object) { return object.id == reference.from; });
    return cut.path == reference.path && from != finding.objects.end() && from->type == cut.holder;
  }
  return is_through(cut, reference);
}

std::string cycle_advice(const Finding& finding, const Paint& paint) {
  if (finding.cuts.empty())
    return "  no single member breaks this cycle: see which references above can go together\n";
  std::string text = "  " + paint(Ink::cut, "cut") + " " + first_cut_words(finding) + "\n";
  // All that must go together, and some that would be enough alone.
  std::size_t shown = 1;
  while (shown < finding.cuts.size() && !finding.cuts[shown].breaks_all) ++shown;
  shown = std::min(finding.cuts.size(), shown == 1 ? kMostOtherCuts + 1 : shown + 1);
  for (std::size_t i = 1; i < shown; ++i) {
    const Cut& cut = finding.cuts[i];
    const std::string start = !cut.breaks_all ? "  and cut "
                              : cut.as_good   ? "  or, just as good, cut "
                                              : "  or cut ";
    const std::string line = start + cut_words(cut, finding) + "\n";
    if (!text.ends_with(line)) text += line;  // two parts of one member may need the same change
  }
  if (shown < finding.cuts.size()) {
    text +=
        "  … and " + counted(finding.cuts.size() - shown, "more possible cut") + "; see the JSON report\n";
  }
  return text;
}

}  // namespace

std::string cut_name(const Cut& cut, const Finding& finding) {
  return cut.member && !is_told_by_path(cut, finding) ? *cut.member : cut.path;
}

bool is_cut(const Finding& finding, const FoundReference& reference) {
  for (std::size_t i = 0; i < finding.cuts.size(); ++i) {
    if (i > 0 && finding.cuts[i].breaks_all) return false;
    if (is_cut_by(finding.cuts[i], finding, reference)) return true;
    if (finding.cuts[i].breaks_all) return false;
  }
  return false;
}

std::string first_cut_words(const Finding& finding) {
  const Cut& best = finding.cuts.front();
  std::string text = cut_words(best, finding) + ".";
  if (!best.reason.empty()) text += " " + printable(best.reason, 500);  // also of what else must go
  if (!best.breaks_all && best.reason.empty()) text += " Other references must go too.";
  return text;
}

std::string advice_lines(const Finding& finding, const Paint& paint) {
  if (finding.kind == FindingKind::cycle) return cycle_advice(finding, paint);
  return "  " + paint(Ink::cut, "hint:") +
         " the handle that owns it lies in heap memory that nothing points to any more: a handle made with "
         "new and" +
         (paint.terminal().width == 0 ? "\n  " : " ") +  // else it is broken where the terminal ends
         "never deleted, or a member of something that leaked. Free its holder, or keep the handle by "
         "value.\n";
}

}  // namespace gordian
