// text_finding.cpp - heading, drawing, what is retained, advice.
#include "report/text_finding.h"

#include <algorithm>
#include <map>

#include "report/finding_words.h"
#include "report/inside_words.h"
#include "report/text_cuts.h"
#include "report/text_drawing.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostTypes = 4;  // named of what is retained

std::string heading(const Finding& finding) {
  const bool many = finding.instances > 1;
  std::string words = finding_name(finding) + " · " + own_objects_words(finding);
  if (many) words += " · " + std::to_string(finding.instances) + " times";
  words += " · " + size_words(finding.bytes) + (many ? " in all" : "");
  return words + " · " + evidence_reason(finding);
}

// "10 Leaf, 2 std::string": what is retained, by type, the most frequent first.
std::string types_words(const std::vector<const FoundObject*>& objects) {
  std::map<std::string, std::size_t> count_by_type;
  for (const auto* object : objects) ++count_by_type[printable(object->type, 80)];
  std::vector<std::pair<std::string, std::size_t>> types(count_by_type.begin(), count_by_type.end());
  std::stable_sort(types.begin(), types.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string words;
  for (std::size_t i = 0; i < std::min(types.size(), kMostTypes); ++i) {
    words += (i == 0 ? "" : ", ") + std::to_string(types[i].second) + " " + types[i].first;
  }
  return types.size() > kMostTypes ? words + ", …" : words;
}

std::string holder_words(const Finding& finding, std::uint32_t object) {
  for (const auto& reference : finding.references) {
    if (reference.to == object && reference.strength == Strength::strong)
      return ", by " + printable(reference.path);
  }
  return "";
}

std::string retained_line(const Finding& finding) {
  if (finding.retained_objects == 0) return "";
  std::vector<const FoundObject*> shown;
  std::uint64_t bytes = 0;
  for (const auto& object : finding.objects) {
    if (object.role != Role::retained) continue;
    shown.push_back(&object);
    bytes += object.size;
  }
  const bool all = shown.size() == finding.retained_objects;
  std::string words = finding.instances == 1   ? "  and keeps "
                      : retains_alike(finding) ? "  each keeps "
                                               : "  the one that is shown keeps ";
  words += counted(finding.retained_objects, "more object") + (all ? " (" + size_words(bytes) + ")" : "") +
           " alive";
  if (all && shown.size() == 1)
    return words + ": " + printable(shown[0]->type) + holder_words(finding, shown[0]->id) + "\n";
  if (shown.empty()) return words + "\n";
  return words + (all ? ": " : ", among them ") + types_words(shown) + "\n";
}

// What is retained, by the members that hold it, where there are several to choose from.
std::string tail_lines(const Finding& finding) {
  if (finding.tails.size() < 2) return "";
  std::string text;
  for (const Tail& tail : finding.tails)
    text += "    " + tail_words(tail) + " by " + printable(tail.path) + "\n";
  return text;
}

std::string structure_lines(const Finding& finding) {
  if (!finding.structure) return "";
  std::string text = "\n  " + structure_words(*finding.structure) + "\n";
  for (const ClosingMember& member : finding.structure->members) {
    text += "    " + printable(member.path) + ": " + references_words(member);
    const std::string shortest = shortest_words(member);
    text += shortest.empty() ? "\n" : "; " + shortest + "\n";
  }
  for (const Hub& hub : finding.structure->hubs) text += "    hub: " + hub_words(hub) + "\n";
  return text;
}

// Which reference was lost: where it lies, and what was found nowhere.
std::string lost_lines(const Finding& finding, const TextContext& context) {
  const auto allocated = [&](std::uint32_t stack) {
    const auto& frames = context.stacks.program_frames(stack);
    return frames.empty() ? kNoStackOfHolder
                          : "allocated " + place_words(frames.front(), context.look.directory, context.paint);
  };
  std::string text;
  for (const LostHolder& holder : finding.lost_holders) {
    const std::string above = above_words(holder);
    text += holder.references > 1 ? "  lost (" + std::to_string(holder.references) + " times): " : "  lost: ";
    if (!above.empty())
      text += above + ",\n        " + allocated(holder.hangs_on->stack) + ",\n        leads to ";
    text += lost_words(holder) + ",\n        " + allocated(holder.stack) + "\n";
  }
  const std::string not_found = not_found_words(finding);
  if (!not_found.empty()) text += "  lost: " + not_found + "\n";
  return text.empty() ? "" : "\n" + text;
}

std::string held_line(const Finding& finding) {
  if (finding.held_by.empty()) return "  held by other cycles of this report: cut those first\n";
  std::string ids;
  for (const std::string& id : finding.held_by) ids += (ids.empty() ? "" : ", ") + id;
  const bool one = finding.held_by.size() == 1;
  return "  held by " + std::string(one ? "cycle " : "cycles ") + ids +
         (one ? ": cut that one first\n" : ": cut those first\n");
}

}  // namespace

std::string text_finding(const Finding& finding, const TextContext& context) {
  std::string text = context.paint(Ink::headline, heading(finding)) + "\n";
  for (const std::string& line : finding.seen_by) text += "  " + line + "\n";
  const std::string growth = growth_words(finding, context.report.findings.earlier);
  if (!growth.empty()) text += "  " + growth + "\n";
  if (!finding.root) text += held_line(finding);
  if (finding.instances > 1) text += "  one of them:\n";
  text += "\n" + text_drawing(finding, context);
  text += structure_lines(finding) + lost_lines(finding, context);
  const std::string retained = retained_line(finding);
  if (!retained.empty()) text += "\n" + retained + tail_lines(finding);
  return text + "\n" + advice_lines(finding, context.paint);
}

}  // namespace gordian
