// directed_graph.h - a directed graph in two flat arrays.
//
// Heaps have millions of nodes and a few edges each: a node costs four bytes here and
// an edge eight. Nodes are added in order, each followed by its edges; an edge may
// point to a node that is added later, and parallel edges and self-edges are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gordian {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffffu;

struct Edge {
  NodeId target;
  std::uint32_t tag;  // whatever the owner of the graph wants to find again
};

class DirectedGraph {
 public:
  void reserve(std::size_t nodes, std::size_t edges) {
    first_.reserve(nodes);
    edges_.reserve(edges);
  }

  // Adds the next node; the edges added from now on start at it.
  NodeId add_node() {
    first_.push_back(static_cast<std::uint32_t>(edges_.size()));
    return static_cast<NodeId>(first_.size() - 1);
  }
  void add_edge(NodeId target, std::uint32_t tag) { edges_.push_back({target, tag}); }

  NodeId node_count() const { return static_cast<NodeId>(first_.size()); }
  std::uint32_t edge_count() const { return static_cast<std::uint32_t>(edges_.size()); }

  // The edges of `node` are edge(first_edge(node)) up to edge(end_edge(node)), exclusive.
  std::uint32_t first_edge(NodeId node) const { return first_[node]; }
  std::uint32_t end_edge(NodeId node) const {
    return node + 1 < first_.size() ? first_[node + 1] : edge_count();
  }
  const Edge& edge(std::uint32_t index) const { return edges_[index]; }

  // In the order in which they were added.
  std::span<const Edge> edges_from(NodeId node) const {
    return std::span(edges_).subspan(first_edge(node), end_edge(node) - first_edge(node));
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Edge> edges_;
};

}  // namespace gordian
