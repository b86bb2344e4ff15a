// structure.cpp - what a reader can see of ten thousand objects that hold each other.
//
// The user's problem: a document with all its nodes is one knot, and a list of its nodes says nothing. But it
// is made of a few members. So:
//   members   whose references lie inside the knot, with how many there are, and the shortest cycle that
//             passes through one of them: that is the loop to look at in the code
//   hubs      objects that far more references lead to or start from than to others
//
// Method: one pass over the knot's references, by member (candidates.h); then for each member that is told
// breadth-first searches back from the ends of some of its references. Cost: linear, a few times; a
// search ends when its budget is used up. What it misses: a shorter cycle
// through a reference of that member that was not tried.
#include "analysis/structure.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "analysis/candidates.h"
#include "analysis/example.h"

namespace gordian {
namespace {

using snapshot::kNone;

constexpr std::size_t kTriedReferences = 4;         // of one member
constexpr std::uint64_t kMostNodes = 20'000'000;  // nodes, over all searches of one finding
constexpr std::uint64_t kLongSearch = 100'000;  // nodes: a member for which one took that is not tried again
constexpr std::uint64_t kFewestOfHub = 8;

class KnotReader {
 public:
  KnotReader(const Heap& heap, MemberPaths& paths, std::vector<NodeId>& came_from,
             std::vector<std::uint32_t>& held, std::vector<std::uint32_t>& holds, const Cycle& cycle)
      : heap_(heap),
        paths_(paths),
        came_from_(came_from),
        held_(held),
        holds_(holds),
        cycle_(cycle),
        members_(heap, paths) {}

  Structure read() {
    for (const NodeId node : heap_.cycles.components.members(cycle_.component)) {
      for (const Edge& edge : heap_.edges_from(node)) {
        if (is_inside(edge) && is_strong(edge)) note(node, edge);
      }
    }
    Structure result;
    result.members_in_all = members_.size();
    std::vector<std::uint32_t> order(members_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    if (order.size() > kShownMembers) order.resize(kShownMembers);
    for (const std::uint32_t member : order) result.members.push_back(describe(member));
    result.hubs = hubs();
    return result;
  }

 private:
  struct Reference {
    NodeId from;
    Edge edge;
  };

  bool is_inside(NodeId node) const { return heap_.component(node) == cycle_.component; }
  bool is_inside(const Edge& edge) const { return is_inside(edge.target); }
  bool is_strong(const Edge& edge) const {
    return HeapGraph::kind(edge) == EdgeKind::slot && heap_.graph.is_whole(edge.target);
  }

  void note(NodeId node, const Edge& edge) {
    const std::uint32_t row = HeapGraph::row(edge);
    const std::uint32_t member = members_.add(cycle_, row);
    if (tried_.size() <= member) tried_.resize(member + 1);
    if (tried_[member].size() < kTriedReferences) tried_[member].push_back({node, edge});
    ++held_[heap_.index.slot(row).object];
    const std::uint32_t holder = heap_.graph.is_plain(node)
                                     ? heap_.typing.regions[heap_.graph.block_of_plain(node)].object
                                     : heap_.graph.object_of(node);
    if (holder != kNone && is_inside(heap_.graph.whole(holder))) ++holds_[holder];
  }

  std::tuple<std::uint64_t, std::string_view> rank(std::uint32_t member) const {
    return {~members_[member].references, paths_.path(members_[member].path).text};
  }

  std::string type_name(std::uint32_t type) const {
    return type == kNone ? "" : heap_.typing.type_names[type];
  }

  ClosingMember describe(std::uint32_t number) {
    const Candidate& member = members_[number];
    ClosingMember result;
    result.path = paths_.path(member.path).text;
    result.from_type = type_name(member.holder_type);
    result.to_type = type_name(member.target_type);
    result.references = member.references;
    std::vector<Edge> shortest;
    for (const Reference& reference : tried_[number]) {
      const std::uint64_t visited_before = visited_;
      if (visited_ > kMostNodes) break;
      std::vector<Edge> way = way_back(reference);
      if (!way.empty() && (shortest.empty() || way.size() < shortest.size())) shortest = std::move(way);
      if (visited_ - visited_before > kLongSearch) break;
    }
    for (const Edge& edge : shortest) {
      if (HeapGraph::kind(edge) != EdgeKind::slot) continue;
      ++result.shortest_references;
      if (result.shortest.size() == kShownSteps) continue;
      result.shortest.push_back(paths_.path(paths_.of_slot(HeapGraph::row(edge))).text);
    }
    return result;
  }

  // The shortest way through the reference and back to where it starts; empty when the budget is used up.
  std::vector<Edge> way_back(const Reference& reference) {
    if (reference.edge.target == reference.from) return {reference.edge};
    std::vector<NodeId> walked = {reference.edge.target};
    came_from_[reference.edge.target] = reference.edge.target;
    for (std::size_t next = 0; next < walked.size() && came_from_[reference.from] == kNoNode; ++next) {
      for (const Edge& edge : heap_.edges_from(walked[next])) {
        if (!is_inside(edge) || came_from_[edge.target] != kNoNode) continue;
        came_from_[edge.target] = walked[next];
        walked.push_back(edge.target);
      }
      if (++visited_ > kMostNodes) break;
    }
    std::vector<Edge> way;
    if (came_from_[reference.from] != kNoNode) {
      for (NodeId node = reference.from; node != reference.edge.target; node = came_from_[node])
        way.push_back(edge_between(came_from_[node], node));
      way.push_back(reference.edge);
      std::reverse(way.begin(), way.end());
    }
    for (const NodeId node : walked) came_from_[node] = kNoNode;
    return way;
  }

  Edge edge_between(NodeId from, NodeId to) const {
    const auto edges = heap_.edges_from(from);
    return *std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.target == to; });
  }

  // The objects with the most references, and then no more than are told.
  std::vector<Hub> hubs() {
    std::vector<std::uint32_t> largest;
    const auto most = [&](std::uint32_t object) { return std::max(held_[object], holds_[object]); };
    const auto comes_before = [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(most(b), heap_.index.seniority(a)) < std::pair(most(a), heap_.index.seniority(b));
    };
    for_each_object(
        heap_.graph, heap_.cycles.components, cycle_.component, [&](std::uint32_t object, NodeId) {
          // One in five of all objects at least: else nothing stands out.
          const std::uint64_t references = most(object);
          if (references < kFewestOfHub || references * 5 < cycle_.objects) return;
          largest.insert(std::lower_bound(largest.begin(), largest.end(), object, comes_before), object);
          if (largest.size() > kShownHubs) largest.pop_back();
        });
    std::vector<Hub> result;
    for (const std::uint32_t object : largest)
      result.push_back({heap_.typing.type_name(object), held_[object], holds_[object]});
    forget_degrees();
    return result;
  }

  void forget_degrees() {
    for_each_object(heap_.graph, heap_.cycles.components, cycle_.component,
                    [&](std::uint32_t object, NodeId) { held_[object] = holds_[object] = 0; });
  }

  const Heap& heap_;
  MemberPaths& paths_;
  std::vector<NodeId>& came_from_;
  std::vector<std::uint32_t>& held_;
  std::vector<std::uint32_t>& holds_;
  const Cycle& cycle_;
  CandidateList members_;
  std::vector<std::vector<Reference>> tried_;  // by member
  std::uint64_t visited_ = 0;
};

}  // namespace

StructureFinder::StructureFinder(const Heap& heap)
    : heap_(heap),
      paths_(heap),
      came_from_(heap.graph.node_count(), kNoNode),
      held_(heap.index.object_count(), 0),
      holds_(heap.index.object_count(), 0) {}

std::optional<Structure> StructureFinder::of(std::uint32_t cycle) {
  const Cycle& c = heap_.cycles.cycles[cycle];
  if (c.objects <= kShownObjects) return std::nullopt;
  return KnotReader(heap_, paths_, came_from_, held_, holds_, c).read();
}

}  // namespace gordian
