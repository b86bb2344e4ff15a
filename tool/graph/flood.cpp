// flood.cpp - reachability with an explicit stack: a list of a million nodes needs no recursion.
#include "graph/flood.h"

namespace gordian {

void flood(const DirectedGraph& graph, std::span<const NodeId> seeds, std::uint8_t mark,
           std::vector<std::uint8_t>& marks) {
  std::vector<NodeId> pending;
  const auto reach = [&](NodeId node) {
    if (marks[node] != 0) return;
    marks[node] = mark;
    pending.push_back(node);
  };
  for (const NodeId seed : seeds) reach(seed);
  while (!pending.empty()) {
    const NodeId node = pending.back();
    pending.pop_back();
    for (const Edge& edge : graph.edges_from(node)) reach(edge.target);
  }
}

}  // namespace gordian
