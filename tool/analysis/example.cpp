// example.cpp - one cycle, in the order in which a reader follows it.
//
// The user's problem: to see the loop. So the objects are listed round a shortest cycle
// through the one that was allocated first, then the others of the knot as they are reached
// from there, then what the cycle retains.
//
// Method: breadth-first search from the first-born until an edge returns to it; edges are
// tried in the order of their places in memory, so the walk is the same in every run. Cost:
// linear in the shown cycle. What it misses: a knot of a thousand objects is cut off after
// twelve, and `omitted` says so.
#include "analysis/example.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analysis/footprint.h"
#include "analysis/paths.h"

namespace gordian {

using snapshot::kNone;

ExampleMaker::ExampleMaker(const Heap& heap, const Holders& holders)
    : heap_(heap), holders_(holders), came_from_(heap.graph.node_count(), kNoNode) {}

void ExampleMaker::forget_walk() {
  for (const NodeId node : walked_) came_from_[node] = kNoNode;
  walked_.clear();
}

std::vector<ExampleMaker::Shown> ExampleMaker::walk_round(const Cycle& cycle) {
  const NodeId whole = heap_.graph.whole(cycle.first_born);
  const NodeId start =
      heap_.component(whole) == cycle.component ? whole : heap_.graph.control_part(cycle.first_born);
  NodeId last = kNoNode;  // of the shortest way back to the start
  came_from_[start] = start;
  walked_.push_back(start);
  for (std::size_t next = 0; next < walked_.size(); ++next) {
    const NodeId node = walked_[next];
    for (const Edge& edge : heap_.edges_from(node)) {
      if (heap_.component(edge.target) != cycle.component) continue;
      if (edge.target == start && last == kNoNode) last = node;
      if (came_from_[edge.target] != kNoNode) continue;
      came_from_[edge.target] = node;
      walked_.push_back(edge.target);
    }
  }
  std::vector<NodeId> order;
  for (NodeId node = last; node != kNoNode && node != start; node = came_from_[node]) order.push_back(node);
  order.push_back(start);
  std::reverse(order.begin(), order.end());
  order.insert(order.end(), walked_.begin(), walked_.end());
  forget_walk();

  std::vector<Shown> shown;
  for (const NodeId node : order) {
    if (shown.size() == kShownObjects) break;
    if (heap_.graph.is_plain(node)) continue;
    const std::uint32_t object = heap_.graph.object_of(node);
    const bool known =
        std::any_of(shown.begin(), shown.end(), [&](const Shown& s) { return s.object == object; });
    const NodeId its_whole = heap_.graph.whole(object);
    const NodeId taking_part = heap_.component(its_whole) == cycle.component ? its_whole : node;
    if (!known) shown.push_back({object, taking_part, Role::cycle});
  }
  return shown;
}

void ExampleMaker::add_retained(NodeId start, std::uint32_t component, std::uint32_t holder,
                                std::vector<Shown>& shown) {
  const auto reach = [&](NodeId node) {
    if (came_from_[node] != kNoNode) return;
    came_from_[node] = node;
    walked_.push_back(node);
  };
  reach(start);
  for (std::size_t next = 0; next < walked_.size() && shown.size() < kShownObjects; ++next) {
    const NodeId node = walked_[next];
    const bool inside = heap_.component(node) == component;
    if (!inside && heap_.graph.is_whole(node))
      shown.push_back({heap_.graph.object_of(node), node, Role::retained});
    for (const Edge& edge : heap_.edges_from(node)) {
      const std::uint32_t to = heap_.component(edge.target);
      if (to == component || holders_.holder[to] == holder) reach(edge.target);
    }
  }
  forget_walk();
}

namespace {

// As report.schema.json has them.
const char* family_name(snapshot::Family family) {
  switch (family) {
    case snapshot::Family::std_shared:
      return "std";
    case snapshot::Family::libcxx_shared:
      return "libc++";
    case snapshot::Family::boost_shared:
      return "boost";
    case snapshot::Family::intrusive:
      return "intrusive";
    case snapshot::Family::custom:
      break;
  }
  return "custom";
}

}  // namespace

FoundObject described(const Heap& heap, std::uint32_t object) {
  const auto& row = heap.index.object(object);
  FoundObject found;
  found.type = heap.typing.type_name(object);
  found.family = family_name(row.family);
  found.address = row.managed != 0 ? row.managed : row.control;
  found.size = heap.index.size(object);
  found.use_count = row.use_count;
  found.weak_count = row.weak_count;
  found.located_strong = heap.verdicts.objects[object].located_strong;
  found.stack = allocation_stack(heap, object);
  found.announced_there = row.family == snapshot::Family::custom && row.control_block != kNone &&
                          heap.index.block(row.control_block).stack == 0 && row.stack != 0;
  return found;
}

FoundObject ExampleMaker::describe(const Shown& shown, std::uint32_t id) const {
  FoundObject found = described(heap_, shown.object);
  found.id = id;
  found.role = shown.role;
  return found;
}

namespace {

// Which of many references matter most for seeing the loop: a smaller rank. Among equal ones, the first.
std::uint32_t rank(std::uint32_t from, std::uint32_t to, Strength strength, std::size_t objects) {
  const bool next_in_ring = to == from % objects + 1;
  return (strength != Strength::strong ? 2u : 0u) + (next_in_ring ? 0u : 1u);
}

// Keeps those that matter most, in the order they have. Each has from, to and strength.
template <class Reference>
void keep_telling(std::vector<Reference>& references, std::size_t objects) {
  if (references.size() <= kShownReferences) return;
  std::vector<std::pair<std::uint32_t, std::size_t>> order;
  for (const Reference& r : references)
    order.emplace_back(rank(r.from, r.to, r.strength, objects), order.size());
  std::sort(order.begin(), order.end());
  order.resize(kShownReferences);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<Reference> kept;
  for (const auto& [its_rank, i] : order) kept.push_back(std::move(references[i]));
  references = std::move(kept);
}

// The references from one object to others, found over its own words and plain blocks. Only those that may be
// shown are described: the way to the last node of a list is as long as the list.
class Explorer {
 public:
  // `ids` of the `shown` objects.
  Explorer(const Heap& heap, const std::unordered_map<std::uint32_t, std::uint32_t>& ids, std::size_t shown)
      : heap_(heap), ids_(ids), shown_(shown) {}

  std::vector<FoundReference> from(std::uint32_t object, NodeId start) {
    constexpr std::size_t kMostBlocks = 50'000;  // of one object, for one picture
    nodes_ = {start};
    arrivals_ = {{start, {start, {}}}};
    met_.clear();
    for (std::size_t next = 0; next < nodes_.size() && next < kMostBlocks; ++next)
      visit(object, nodes_[next]);
    keep_telling(met_, shown_);
    std::vector<FoundReference> found;
    for (const Met& met : met_) found.push_back(describe(met));
    return found;
  }

 private:
  struct Arrival {
    NodeId from;
    Edge edge;
  };

  struct Met {
    std::uint32_t from, to;
    Strength strength;
    NodeId node;  // that has it
    Edge slot;
  };

  void visit(std::uint32_t object, NodeId node) {
    for (const Edge& edge : heap_.edges_from(node)) {
      if (HeapGraph::kind(edge) == EdgeKind::slot) {
        note(object, node, edge);
      } else if (heap_.graph.is_plain(edge.target) || HeapGraph::kind(edge) == EdgeKind::storage) {
        if (arrivals_.try_emplace(edge.target, Arrival{node, edge}).second) nodes_.push_back(edge.target);
      }
    }
  }

  void note(std::uint32_t object, NodeId node, const Edge& slot) {
    const std::uint32_t row = HeapGraph::row(slot);
    const auto to = ids_.find(heap_.index.slot(row).object);
    if (to == ids_.end()) return;
    const SlotMeaning meaning = heap_.verdicts.meanings[row];
    if (meaning == SlotMeaning::maybe_weak && heap_.component(node) != heap_.component(slot.target)) return;
    const bool strong = meaning == SlotMeaning::strong || meaning == SlotMeaning::maybe_strong;
    met_.push_back({ids_.at(object), to->second, strong ? Strength::strong : Strength::weak, node, slot});
  }

  FoundReference describe(const Met& met) const {
    const std::uint32_t row = HeapGraph::row(met.slot);
    std::vector<Edge> way = {met.slot};
    for (NodeId n = met.node; arrivals_.at(n).from != n; n = arrivals_.at(n).from) {
      if (HeapGraph::kind(arrivals_.at(n).edge) != EdgeKind::storage) way.push_back(arrivals_.at(n).edge);
    }
    std::reverse(way.begin(), way.end());
    FoundReference reference;
    reference.from = met.from;
    reference.to = met.to;
    reference.strength = met.strength;
    reference.member = member_at(heap_, way.front());
    reference.declared = declared_at(heap_, way.front());
    reference.field = field_along(heap_, way);
    reference.path = path_along(heap_, way);
    reference.type = handle_type(heap_, row);
    reference.offset = handle_offset(heap_, row);
    reference.taken = heap_.index.slot(row).stack;
    return reference;
  }

  const Heap& heap_;
  const std::unordered_map<std::uint32_t, std::uint32_t>& ids_;
  std::size_t shown_;
  std::vector<NodeId> nodes_;
  std::unordered_map<NodeId, Arrival> arrivals_;
  std::vector<Met> met_;
};

}  // namespace

std::vector<FoundReference> ExampleMaker::references_among(const std::vector<Shown>& shown) {
  std::unordered_map<std::uint32_t, std::uint32_t> ids;
  for (const Shown& s : shown) ids.emplace(s.object, static_cast<std::uint32_t>(ids.size() + 1));
  Explorer explorer(heap_, ids, shown.size());
  std::vector<FoundReference> references;
  for (const Shown& s : shown) {
    for (auto& reference : explorer.from(s.object, s.node)) references.push_back(std::move(reference));
  }
  keep_telling(references, shown.size());
  return references;
}

void ExampleMaker::fill(const std::vector<Shown>& shown, Finding& finding) {
  for (const Shown& s : shown) {
    finding.objects.push_back(describe(s, static_cast<std::uint32_t>(finding.objects.size() + 1)));
  }
  finding.references = references_among(shown);
  const std::uint64_t all = finding.kind == FindingKind::orphan
                                ? 1 + finding.retained_objects
                                : finding.cycle_objects + finding.retained_objects;
  finding.omitted = all > shown.size() ? all - shown.size() : 0;
}

void ExampleMaker::show_cycle(std::uint32_t cycle, Finding& finding) {
  const Cycle& c = heap_.cycles.cycles[cycle];
  std::vector<Shown> shown = walk_round(c);
  if (finding.retained_objects != 0) add_retained(shown.front().node, c.component, cycle, shown);
  fill(shown, finding);
}

void ExampleMaker::show_orphan(std::uint32_t orphan, Finding& finding) {
  const std::uint32_t object = holders_.orphans[orphan].object;
  const NodeId whole = heap_.graph.whole(object);
  std::vector<Shown> shown = {{object, whole, Role::orphan}};
  const auto holder = static_cast<std::uint32_t>(heap_.cycles.cycles.size()) + orphan;
  if (finding.retained_objects != 0) add_retained(whole, heap_.component(whole), holder, shown);
  fill(shown, finding);
}

}  // namespace gordian
