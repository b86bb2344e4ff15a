// text_finding.cpp - heading, drawing, what is retained, advice.
#include "report/text_finding.h"

#include <algorithm>
#include <map>

#include "report/finding_words.h"
#include "report/text_cuts.h"
#include "report/text_drawing.h"
#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostTypes = 4;  // named of what is retained

// Counts the references to the objects that are drawn, so that a reader can count along.
std::string evidence_words(const Finding& finding) {
  std::uint64_t needed = 0;
  std::uint64_t found = 0;
  std::uint64_t objects = 0;
  for (const auto& object : finding.objects) {
    if (object.role != Role::cycle) continue;
    needed += object.use_count;
    found += object.located_strong;
    ++objects;
  }
  const std::string each = finding.instances > 1 ? " in each" : "";
  if (finding.evidence == Evidence::proved) {
    if (objects < finding.cycle_objects) return "proved: every strong reference was found" + each;
    if (needed == 1) return "proved: its only strong reference was found" + each;
    if (needed == 2) return "proved: both strong references were found" + each;
    return "proved: all " + std::to_string(needed) + " strong references were found" + each;
  }
  if (found >= needed) return "likely: not every word that looks like a reference is known to be one";
  return "likely: " + std::to_string(found) + " of " + std::to_string(needed) +
         " strong references were found";
}

std::string heading(const Finding& finding) {
  const bool many = finding.instances > 1;
  std::string words = finding_name(finding) + " · " + counted(own_objects(finding), "object");
  if (many) words += " · " + std::to_string(finding.instances) + " times";
  words += " · " + size_words(finding.bytes) + (many ? " in all" : "");
  if (finding.kind == FindingKind::cycle) return words + " · " + evidence_words(finding);
  return words + " · proved: a strong reference was lost, not looped";
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
  std::string words = finding.instances > 1 ? "  each keeps " : "  and keeps ";
  words += counted(finding.retained_objects, "more object") + (all ? " (" + size_words(bytes) + ")" : "") +
           " alive";
  if (all && shown.size() == 1)
    return words + ": " + printable(shown[0]->type) + holder_words(finding, shown[0]->id) + "\n";
  if (shown.empty()) return words + "\n";
  return words + (all ? ": " : ", among them ") + types_words(shown) + "\n";
}

}  // namespace

std::string text_finding(const Finding& finding, const TextContext& context) {
  std::string text = context.paint(Ink::headline, heading(finding)) + "\n";
  if (!finding.root) text += "  held by another cycle of this report: cut that one first\n";
  if (finding.instances > 1) text += "  one of them:\n";
  text += "\n" + text_drawing(finding, context);
  const std::string retained = retained_line(finding);
  if (!retained.empty()) text += "\n" + retained;
  return text + "\n" + advice_lines(finding, context.paint);
}

}  // namespace gordian
