// strong_components.h - the strongly connected components of a graph.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/directed_graph.h"

namespace gordian {

struct Components {
  std::uint32_t count = 0;

  // By node: its component. Numbered in reverse topological order: an edge between two
  // components goes from the higher number to the lower.
  std::vector<std::uint32_t> of;

  // The nodes of component `c`, in ascending order.
  std::span<const NodeId> members(std::uint32_t c) const {
    return std::span(nodes).subspan(first[c], first[c + 1] - first[c]);
  }

  std::vector<std::uint32_t> first;  // by component, and one past the last: index in `nodes`
  std::vector<NodeId> nodes;
};

// Linear in time and memory (about 45 bytes a node at its peak, 20 of them only along the
// longest path); no recursion, so a ring of any length is fine.
Components strong_components(const DirectedGraph& graph);

}  // namespace gordian
