// inside_words.cpp - see inside_words.h.
#include "report/inside_words.h"

#include "report/wording.h"

namespace gordian {
namespace {

constexpr std::size_t kMostInType = 80;
constexpr std::size_t kMostInStep = 120;

}  // namespace

std::string structure_words(const Structure& structure) {
  return "it is held together by " + counted(structure.members_in_all, "member") +
         (structure.members.size() < structure.members_in_all ? ", most of all by:" : ":");
}

std::string references_words(const ClosingMember& member) {
  return counted(member.references, "reference") +
         (member.to_type.empty() ? "" : " to " + printable(member.to_type, kMostInType));
}

std::string shortest_words(const ClosingMember& member) {
  if (member.shortest.empty()) return "";
  if (member.shortest_references == 1) return "the object itself";
  std::string text = "shortest cycle ";
  for (std::size_t i = 0; i < member.shortest.size(); ++i)
    text += (i == 0 ? "" : " -> ") + printable(member.shortest[i], kMostInStep);
  if (member.shortest_references > member.shortest.size())
    text += " -> … (" + std::to_string(member.shortest_references) + " in all)";
  return text;
}

std::string hub_words(const Hub& hub) {
  return "one " + printable(hub.type, kMostInType) + ", held by " + counted(hub.held, "reference") +
         ", holds " + std::to_string(hub.holds);
}

std::string tail_words(const Tail& tail) {
  return size_words(tail.bytes) + (tail.objects == 0 ? "" : " in " + counted(tail.objects, "object"));
}

std::string above_words(const LostHolder& holder) {
  if (!holder.hangs_on) return "";
  return "a heap block of " + size_words(holder.hangs_on->bytes) + " that nothing points to";
}

std::string lost_words(const LostHolder& holder) {
  return "the handle " + (holder.path.empty() ? "" : printable(holder.path) + " ") +
         (holder.offset == 0 ? "at the start of" : counted(holder.offset, "byte") + " into") +
         " a heap block of " + size_words(holder.bytes) +
         (holder.hangs_on ? "" : " that nothing points to");
}

std::string not_found_words(const Finding& finding) {
  if (finding.kind != FindingKind::orphan || finding.objects.empty()) return "";
  const FoundObject& orphan = finding.objects.front();
  if (orphan.located_strong >= orphan.use_count) return "";
  const std::uint32_t missing = orphan.use_count - orphan.located_strong;
  return std::to_string(missing) + " of " + counted(orphan.use_count, "strong reference") +
         (missing == 1 ? " was" : " were") + " found nowhere";
}

}  // namespace gordian
