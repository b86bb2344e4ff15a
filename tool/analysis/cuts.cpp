// cuts.cpp - where to cut: members that, made weak, leave no cycle.
//
// The user's problem: a cycle has as many references as objects, and any of them breaks it;
// only one is the design's mistake. And in a knot, weakening one member may break some
// cycles and leave others.
//
// As a graph: a candidate is a member (paths.h) of the strong edges inside the finding's
// components. It breaks all when those components, without its edges, contain no cycle.
// That is checked by running strong components again on what is left. Order is what a
// maintainer would pick (candidates.cpp): names such as `parent` and captures of self, many
// references to one object, references back to what was allocated earlier.
//
// Where no member breaks all alone, a set is proposed: the shortest run of that order that
// does, found by bisection (more members never break less), then thinned from its end.
//
// That order knows little where only births speak for it: each of a model, a view and its controller may
// rightly hold the one made before. A set of many such members gives way to one at most half as large.
//
// A member may break all and be the design itself: a menu's list of its items, each of which points back
// twice. Made weak, it leaves the items without an owner. So where each single member leaves others than the
// first-born of a cycle without one, a set that does not comes first.
//
// Cost: a linear check per candidate tried. All cycles of a finding are judged together, up
// to a number of references; more than that are equal cycles, and a cut then says on how
// many it was judged. What it misses: the smallest set (that is NP-hard); a thinned one
// has no member too many, but another set may be smaller. All pairs and triples of members are tried only
// where there are few.
#include "analysis/cuts.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "analysis/advice.h"
#include "analysis/candidates.h"
#include "analysis/freed.h"
#include "graph/strong_components.h"

namespace gordian {
namespace {

using snapshot::kNone;

constexpr std::uint64_t kMostJudged = 500'000;      // edges of the cycles judged, the first cycle aside
constexpr std::uint64_t kMostVisited = 20'000'000;  // edges over all checks of one finding
constexpr std::uint64_t kFewestChecks = 3;          // whatever they cost

// The components of the judged cycles as one graph of their own.
class Knot {
 public:
  Knot(const Heap& heap, MemberPaths& paths, std::vector<NodeId>& local,
       std::span<const std::uint32_t> cycles)
      : heap_(heap), candidates_(heap, paths) {
    std::uint64_t edges = 0;
    for (const std::uint32_t c : cycles) {
      edges += heap.cycles.cycles[c].edges;
      if (judged_ > 0 && edges > kMostJudged) break;
      ++judged_;
    }
    const auto judged = cycles.first(judged_);
    for (const std::uint32_t c : judged) {
      for (const NodeId node : members(c)) {
        local[node] = static_cast<NodeId>(is_whole_.size());
        is_whole_.push_back(heap.graph.is_whole(node));
      }
    }
    for (const std::uint32_t c : judged) add_edges(heap.cycles.cycles[c], local);
    is_first_.assign(is_whole_.size(), false);
    for (const std::uint32_t c : judged) {
      const NodeId first = local[heap.graph.whole(heap.cycles.cycles[c].first_born)];
      if (first != kNoNode) is_first_[first] = true;
      for (const NodeId node : members(c)) local[node] = kNoNode;
    }
    candidates_.count_targets();
  }

  std::size_t judged() const { return judged_; }
  const CandidateList& candidates() const { return candidates_; }

  bool can_check() const { return checks_ < kFewestChecks || visited_ < kMostVisited; }

  // No cycle is left without the references of the members in `cut`.
  bool breaks_all(std::span<const std::uint32_t> cut) {
    ++checks_;
    visited_ += graph_.edge_count();
    std::vector<bool> is_cut(candidates_.size(), false);
    for (const std::uint32_t c : cut) is_cut[c] = true;
    DirectedGraph rest;
    rest.reserve(graph_.node_count(), graph_.edge_count());
    bool self_edge = false;
    for (NodeId node = 0; node < graph_.node_count(); ++node) {
      rest.add_node();
      for (const Edge& edge : graph_.edges_from(node)) {
        if (edge.tag != kNone && is_cut[edge.tag]) continue;
        self_edge |= edge.target == node && is_whole_[node];
        rest.add_edge(edge.target, 0);
      }
    }
    if (self_edge) return false;
    const Components components = strong_components(rest);
    for (NodeId node = 0; node < rest.node_count(); ++node) {
      if (is_whole_[node] && components.members(components.of[node]).size() > 1) return false;
    }
    return true;
  }

  // Without the references of the members in `cut`, which breaks all, only the first-born object of each
  // cycle has no owner: who made it was to own it.
  bool keeps_owners(std::span<const std::uint32_t> cut) {
    std::vector<bool> is_cut(candidates_.size(), false);
    for (const std::uint32_t c : cut) is_cut[c] = true;
    std::vector<bool> owned = is_first_;
    for (NodeId node = 0; node < graph_.node_count(); ++node) {
      for (const Edge& edge : graph_.edges_from(node)) {
        if (edge.tag == kNone || !is_cut[edge.tag]) owned[edge.target] = true;
      }
    }
    for (NodeId node = 0; node < graph_.node_count(); ++node) {
      if (is_whole_[node] && !owned[node]) return false;
    }
    return true;
  }

 private:
  std::span<const NodeId> members(std::uint32_t cycle) const {
    return heap_.cycles.components.members(heap_.cycles.cycles[cycle].component);
  }

  void add_edges(const Cycle& cycle, const std::vector<NodeId>& local) {
    for (const NodeId node : heap_.cycles.components.members(cycle.component)) {
      graph_.add_node();
      for (const Edge& edge : heap_.edges_from(node)) {
        if (heap_.component(edge.target) != cycle.component) continue;
        const bool strong = HeapGraph::kind(edge) == EdgeKind::slot && heap_.graph.is_whole(edge.target);
        graph_.add_edge(local[edge.target], strong ? candidates_.add(cycle, HeapGraph::row(edge)) : kNone);
      }
    }
  }

  const Heap& heap_;
  CandidateList candidates_;
  std::size_t judged_ = 0;
  std::vector<bool> is_whole_;
  std::vector<bool> is_first_;  // the first-born object of its cycle
  DirectedGraph graph_;         // an edge's tag: its candidate, or kNone
  std::uint64_t checks_ = 0, visited_ = 0;
};

// Members that break every cycle each by itself, best first. A library's own is not among them where
// there are others.
std::vector<std::uint32_t> single_cuts(Knot& knot, const std::vector<std::uint32_t>& ranked) {
  std::vector<std::uint32_t> cuts;
  for (const std::uint32_t candidate : ranked) {
    if (cuts.size() == kProposedCuts || !knot.can_check()) break;
    if (knot.candidates()[candidate].librarys && !cuts.empty()) break;
    if (knot.breaks_all(std::span(&candidate, 1))) cuts.push_back(candidate);
  }
  return cuts;
}

// A set that breaks every cycle, none of which it could do without.
std::vector<std::uint32_t> joint_cut(Knot& knot, const std::vector<std::uint32_t>& ranked) {
  std::size_t too_few = 1, enough = ranked.size();  // all of them do: a cycle has a strong edge
  while (too_few + 1 < enough) {
    const std::size_t middle = too_few + (enough - too_few) / 2;
    (knot.breaks_all(std::span(ranked).first(middle)) ? enough : too_few) = middle;
  }
  std::vector<std::uint32_t> cut(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(enough));
  for (std::size_t i = cut.size(); i-- > 0 && cut.size() > 1 && knot.can_check();) {
    const std::uint32_t member = cut[i];
    cut.erase(cut.begin() + static_cast<std::ptrdiff_t>(i));
    if (!knot.breaks_all(cut)) cut.insert(cut.begin() + static_cast<std::ptrdiff_t>(i), member);
  }
  return cut;
}

// Likewise, and it leaves each object an owner, where leaving out one member of the set that comes first
// finds such.
std::vector<std::uint32_t> joint_cut_with_owners(Knot& knot, const std::vector<std::uint32_t>& ranked) {
  const std::vector<std::uint32_t> set = joint_cut(knot, ranked);
  if (knot.keeps_owners(set)) return set;
  for (std::size_t i = set.size(); i-- > 0 && knot.can_check();) {
    std::vector<std::uint32_t> others = ranked;
    std::erase(others, set[i]);
    if (others.empty() || !knot.breaks_all(others)) continue;
    std::vector<std::uint32_t> other = joint_cut(knot, others);
    if (other.size() <= set.size() && knot.keeps_owners(other)) return other;
  }
  return set;
}

// Nothing but the order of births speaks for most of the members.
bool is_a_guess(const Knot& knot, const std::vector<std::uint32_t>& set) {
  const auto told = std::count_if(set.begin(), set.end(), [&](std::uint32_t c) {
    return knot.candidates()[c].back_name || knot.candidates()[c].capture;
  });
  return 2 * static_cast<std::size_t>(told) <= set.size();
}

// The first set of `size` members in the order of `ranked` that breaks every cycle, or rather the first of
// those that leaves each object an owner; empty where none was found in time.
std::vector<std::uint32_t> set_of(Knot& knot, const std::vector<std::uint32_t>& ranked, std::size_t size) {
  std::vector<std::uint32_t> first;
  std::vector<std::size_t> chosen(size);  // ascending; the next set is the next in lexicographic order
  for (std::size_t i = 0; i < size; ++i) chosen[i] = i;
  while (knot.can_check()) {
    std::vector<std::uint32_t> set;
    for (const std::size_t i : chosen) set.push_back(ranked[i]);
    if (knot.breaks_all(set)) {
      if (knot.keeps_owners(set)) return set;
      if (first.empty()) first = std::move(set);
    }
    std::size_t last = size;
    while (last > 0 && chosen[last - 1] == ranked.size() - size + last - 1) --last;
    if (last == 0) break;
    ++chosen[last - 1];
    for (std::size_t i = last; i < size; ++i) chosen[i] = chosen[i - 1] + 1;
  }
  return first;
}

// A set at most half as large as `set`, where that is large and mostly a guess; else `set`.
std::vector<std::uint32_t> or_much_smaller(Knot& knot, const std::vector<std::uint32_t>& ranked,
                                           std::vector<std::uint32_t> set) {
  constexpr std::size_t kMostTried = 3, kMostCandidates = 24;
  if (ranked.size() > kMostCandidates || !is_a_guess(knot, set)) return set;
  for (std::size_t size = 2; size <= kMostTried && 2 * size <= set.size(); ++size) {
    std::vector<std::uint32_t> smaller = set_of(knot, ranked, size);
    if (!smaller.empty()) return smaller;
  }
  return set;
}

// A set that leaves each object an owner, where none of `singles` does; empty where there is none. That the
// first-born is meant to be the owner must be known, or said by the names of what leads back to it.
std::vector<std::uint32_t> owning_set(Knot& knot, const std::vector<std::uint32_t>& ranked,
                                      const std::vector<std::uint32_t>& singles) {
  constexpr std::size_t kMostTogether = 4;
  for (const std::uint32_t single : singles) {
    if (knot.candidates()[single].librarys || knot.keeps_owners(std::span(&single, 1))) return {};
  }
  std::vector<std::uint32_t> others;
  for (const std::uint32_t candidate : ranked) {
    const Candidate& c = knot.candidates()[candidate];
    const bool leads_back = c.births_unknown == 0 || c.back_name || c.capture;
    const bool single = std::find(singles.begin(), singles.end(), candidate) != singles.end();
    if (!single && !c.librarys && leads_back) others.push_back(candidate);
  }
  if (others.size() < 2 || !knot.can_check() || !knot.breaks_all(others)) return {};
  std::vector<std::uint32_t> set = joint_cut(knot, others);
  const bool few = set.size() > 1 && set.size() <= kMostTogether;
  return few && knot.keeps_owners(set) ? set : std::vector<std::uint32_t>();
}

// What lies at offsets behind one member, of one type and all of it in the set, is one change: that of the member.
bool is_one_change(const Knot& knot, const std::vector<std::uint32_t>& behind, const std::vector<bool>& in_set) {
  return std::all_of(behind.begin(), behind.end(), [&](std::uint32_t c) {
    return in_set[c] && knot.candidates()[c].target_type == knot.candidates()[behind.front()].target_type;
  });
}

// The members of `set`, those together that are one change.
std::vector<std::vector<std::uint32_t>> changes(const Knot& knot, const std::vector<std::uint32_t>& set) {
  if (set.empty()) return {};
  const CandidateList& candidates = knot.candidates();
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> behind;
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    if (const std::string_view name = candidates.name_before_offsets(c); !name.empty()) behind[name].push_back(c);
  }
  std::vector<bool> in_set(candidates.size(), false);
  for (const std::uint32_t member : set) in_set[member] = true;
  std::erase_if(behind, [&](const auto& entry) { return !is_one_change(knot, entry.second, in_set); });
  std::vector<std::vector<std::uint32_t>> found;
  std::unordered_map<std::string_view, std::size_t> numbers;  // in `found`
  for (const std::uint32_t member : set) {
    const std::string_view name = candidates.name_before_offsets(member);
    const auto at = numbers.find(name);
    if (at != numbers.end()) {
      found[at->second].push_back(member);
      continue;
    }
    if (behind.contains(name)) numbers.emplace(name, found.size());
    found.push_back({member});
  }
  return found;
}

}  // namespace

CutFinder::CutFinder(const Heap& heap, const Holders& holders)
    : heap_(heap), holders_(holders), paths_(heap), local_(heap.graph.node_count(), kNoNode) {}

std::vector<Cut> CutFinder::propose(std::span<const std::uint32_t> cycles, Finding& finding) {
  Knot knot(heap_, paths_, local_, cycles);
  finding.footprint.members = knot.candidates().names();
  const bool held = std::any_of(cycles.begin(), cycles.end(),
                                [&](std::uint32_t c) { return holders_.held_from_outside[c]; });
  const std::vector<std::uint32_t> ranked = knot.candidates().ranked();
  const std::vector<std::uint32_t> singles = single_cuts(knot, ranked);
  const std::vector<std::uint32_t> set =
      singles.empty() ? or_much_smaller(knot, ranked, joint_cut_with_owners(knot, ranked))
                      : owning_set(knot, ranked, singles);

  // Where every cycle is broken and nobody else holds anything of it, all goes that the finding holds.
  const std::uint32_t cause = holders_.cause[heap_.cycles.cycles[cycles.front()].component];
  const bool entered = held || holders_.cause_entered[cause];
  const CutWriter writer(heap_, paths_, finding, {knot.judged(), cycles.size(), entered});
  std::optional<HeldGraph> all;
  if ((entered || !set.empty()) && knot.judged() == cycles.size()) {
    all.emplace(heap_, holders_, cycles, local_,
                [&](std::uint32_t row) { return knot.candidates().find(row); });
  }
  const auto frees = [&](std::span<const std::uint32_t> cut) -> std::optional<Freed> {
    if (all) return all->without(cut);
    if (entered || !set.empty()) return std::nullopt;
    return Freed{finding.objects_held, finding.bytes};
  };

  std::vector<Cut> cuts;
  std::vector<Candidate> joined;
  const std::vector<std::vector<std::uint32_t>> parts = changes(knot, set);
  for (const std::vector<std::uint32_t>& part : parts) joined.push_back(knot.candidates().joined(part));
  for (std::size_t i = 0; i < std::min(parts.size(), kMostOfASet); ++i) {
    std::vector<const Candidate*> others;
    for (const Candidate& other : joined) {
      if (&other != &joined[i]) others.push_back(&other);
    }
    cuts.push_back(others.empty() ? writer.alone(joined[i], frees(parts[i])) : writer.together(joined[i], others, frees(parts[i])));
  }
  for (const std::uint32_t member : singles) {
    cuts.push_back(writer.alone(knot.candidates()[member], frees(std::span(&member, 1))));
    cuts.back().as_good =
        set.empty() && member != singles[0] && knot.candidates().equally_good(singles[0], member);
  }
  return cuts;
}

}  // namespace gordian
