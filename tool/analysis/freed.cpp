// freed.cpp - what a cut frees.
//
// The user's problem: is it worth it? In a knot one member may free a thousand objects and
// the next one none.
//
// As a graph: of all that the finding's cycles hold, what survives a cut is what can still be
// reached from a cycle that is left, or from what something else holds. The rest is destroyed, one
// count after the other reaching zero. Counting down counts would not do: the nodes of a std::list point
// to each other, and still go with their list.
//
// Cost: linear in what the finding holds, for each cut.
#include "analysis/freed.h"

#include <algorithm>

#include "graph/flood.h"
#include "graph/strong_components.h"

namespace gordian {

using snapshot::kNone;

HeldGraph::HeldGraph(const Heap& heap, const Holders& holders, std::span<const std::uint32_t> cycles,
                     std::vector<NodeId>& local,
                     const std::function<std::uint32_t(std::uint32_t)>& candidate_of) {
  std::vector<NodeId> nodes;
  const auto take = [&](NodeId node) {
    if (local[node] != kNoNode) return;
    local[node] = static_cast<NodeId>(nodes.size());
    nodes.push_back(node);
  };
  for (const std::uint32_t c : cycles) {
    for (const NodeId node : heap.cycles.components.members(heap.cycles.cycles[c].component)) take(node);
  }
  const std::uint32_t cause = holders.cause[heap.cycles.cycles[cycles.front()].component];
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (const Edge& edge : heap.edges_from(nodes[i])) {
      if (holders.cause[heap.component(edge.target)] == cause) take(edge.target);
    }
  }
  for (const NodeId node : nodes) {
    const NodeId here = graph_.add_node();
    is_whole_.push_back(heap.graph.is_whole(node));
    bytes_.push_back(heap.graph.bytes(node));
    if (holders.entered_from_elsewhere[node]) entries_.push_back(here);
    for (const Edge& edge : heap.edges_from(node)) {
      if (local[edge.target] == kNoNode) continue;
      const bool strong = HeapGraph::kind(edge) == EdgeKind::slot && heap.graph.is_whole(edge.target);
      graph_.add_edge(local[edge.target], strong ? candidate_of(HeapGraph::row(edge)) : kNone);
    }
  }
  for (const NodeId node : nodes) local[node] = kNoNode;
}

Freed HeldGraph::without(std::span<const std::uint32_t> cut) const {
  DirectedGraph rest;
  rest.reserve(graph_.node_count(), graph_.edge_count());
  std::vector<NodeId> survivors = entries_;
  for (NodeId node = 0; node < graph_.node_count(); ++node) {
    rest.add_node();
    for (const Edge& edge : graph_.edges_from(node)) {
      if (edge.tag != kNone && std::find(cut.begin(), cut.end(), edge.tag) != cut.end()) continue;
      if (edge.target == node && is_whole_[node]) survivors.push_back(node);
      rest.add_edge(edge.target, 0);
    }
  }
  const Components components = strong_components(rest);
  for (NodeId node = 0; node < rest.node_count(); ++node) {
    if (is_whole_[node] && components.members(components.of[node]).size() > 1) survivors.push_back(node);
  }
  std::vector<std::uint8_t> alive(rest.node_count(), 0);
  flood(rest, survivors, 1, alive);
  Freed freed;
  for (NodeId node = 0; node < rest.node_count(); ++node) {
    if (alive[node] != 0) continue;
    freed.objects += is_whole_[node];
    freed.bytes += bytes_[node];
  }
  return freed;
}

}  // namespace gordian
