// text_cuts.cpp - the advice.
#include "report/text_cuts.h"

#include <algorithm>

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostOtherCuts = 4;

std::string cut_words(const Cut& cut) {
  const std::string where = cut.member ? printable(*cut.member) : "the reference at " + printable(cut.path);
  return where + ": " + printable(cut.advice, 500);
}

std::string cycle_advice(const Finding& finding, const Paint& paint) {
  if (finding.cuts.empty())
    return "  no single member breaks this cycle: see which references above can go together\n";
  std::string text = "  " + paint(Ink::cut, "cut") + " " + first_cut_words(finding) + "\n";
  const std::size_t shown = std::min(finding.cuts.size(), kMostOtherCuts + 1);
  for (std::size_t i = 1; i < shown; ++i) {
    text += finding.cuts[i].as_good ? "  or, just as good, cut " : "  or cut ";
    text += cut_words(finding.cuts[i]);
    text += finding.cuts[i].breaks_all ? "\n" : " (not enough alone)\n";
  }
  if (shown < finding.cuts.size()) {
    text +=
        "  … and " + counted(finding.cuts.size() - shown, "more possible cut") + "; see the JSON report\n";
  }
  return text;
}

}  // namespace

bool is_cut(const Finding& finding, const FoundReference& reference) {
  if (finding.cuts.empty()) return false;
  const Cut& cut = finding.cuts.front();
  if (!cut.member) {
    const auto from = std::find_if(finding.objects.begin(), finding.objects.end(),
                                   [&](const FoundObject& object) { return object.id == reference.from; });
    return cut.path == reference.path && from != finding.objects.end() && from->type == cut.holder;
  }
  return cut.member == (reference.field ? reference.field : reference.member);
}

std::string first_cut_words(const Finding& finding) {
  const Cut& best = finding.cuts.front();
  std::string text = cut_words(best) + ".";
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
