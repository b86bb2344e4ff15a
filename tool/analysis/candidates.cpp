// candidates.cpp - tallies and ranking of the members that close cycles.
#include "analysis/candidates.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace gordian {
namespace {

// Names that authors give to the reference up: a child's to its parent, a part's to its owner.
bool names_something_above(std::string_view name) {
  constexpr std::array<std::string_view, 10> kUpward = {"parent", "owner", "self", "this",      "outer",
                                                        "host",   "back",  "up",   "enclosing", "container"};
  while (name.ends_with('_')) name.remove_suffix(1);
  if (name.starts_with("m_")) name.remove_prefix(2);
  return std::any_of(kUpward.begin(), kUpward.end(), [&](std::string_view upward) {
    if (name == upward) return true;
    return name.starts_with(upward) && name.substr(upward.size()).starts_with('_');
  });
}

}  // namespace

std::string last_name(std::string_view path) {
  while (path.ends_with("[]")) path.remove_suffix(2);
  const std::size_t end = path.find_last_of(":. >");
  return std::string(end == std::string_view::npos ? path : path.substr(end + 1));
}

std::uint32_t CandidateList::add(const Cycle& cycle, std::uint32_t row) {
  const std::uint32_t path = paths_.of_slot(row);
  const auto [at, is_new] = by_path_.try_emplace(path, static_cast<std::uint32_t>(candidates_.size()));
  const auto& slot = heap_.index.slot(row);
  if (is_new) {
    Candidate fresh;
    fresh.path = path;
    fresh.example = row;
    fresh.target_type = heap_.typing.object_types[slot.object];
    const std::uint32_t holds = heap_.typing.regions[slot.block].object;
    if (holds != snapshot::kNone) fresh.holder_type = heap_.typing.object_types[holds];
    const std::string& text = paths_.path(path).text;
    fresh.upward_name = names_something_above(last_name(text));
    fresh.capture = text.find("captured ") != std::string::npos;
    candidates_.push_back(fresh);
  }
  Candidate& candidate = candidates_[at->second];
  ++candidate.references;
  if (candidate.target_type != heap_.typing.object_types[slot.object])
    candidate.target_type = snapshot::kNone;
  const std::uint32_t holder = heap_.typing.regions[slot.block].object;
  if (holder == snapshot::kNone) return at->second;
  const bool births_known =
      heap_.index.object(holder).birth != 0 && heap_.index.object(slot.object).birth != 0;
  candidate.births_unknown += !births_known;
  candidate.backward += heap_.index.seniority(slot.object) <= heap_.index.seniority(holder);
  candidate.to_first += slot.object == cycle.first_born;
  candidate.to_self += slot.object == holder;
  return at->second;
}

std::vector<std::uint32_t> CandidateList::ranked() const {
  std::vector<std::uint32_t> order(candidates_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto type_name = [&](std::uint32_t type) {
    return type == snapshot::kNone ? std::string_view() : std::string_view(heap_.typing.type_names[type]);
  };
  const auto rank = [&](std::uint32_t i) {
    const Candidate& c = candidates_[i];
    const bool mostly_backward = 2 * c.backward > c.references;
    return std::tuple(!mostly_backward, !c.upward_name, !(c.capture && c.to_self != 0), c.references,
                      std::string_view(paths_.path(c.path).text), type_name(c.holder_type));
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  return order;
}

}  // namespace gordian
