// graph_test.cpp - reachability and strong components on graphs of every small kind.
#include <algorithm>
#include <initializer_list>
#include <random>
#include <utility>
#include <vector>

#include "catch.h"
#include "graph/directed_graph.h"
#include "graph/dominators.h"
#include "graph/flood.h"
#include "graph/strong_components.h"

namespace gordian {
namespace {

DirectedGraph graph_of(NodeId nodes, std::initializer_list<std::pair<NodeId, NodeId>> edges) {
  DirectedGraph graph;
  for (NodeId node = 0; node < nodes; ++node) {
    graph.add_node();
    for (const auto& [from, to] : edges) {
      if (from == node) graph.add_edge(to, 0);
    }
  }
  return graph;
}

TEST_CASE("an empty graph has no components") {
  const Components components = strong_components(DirectedGraph());
  CHECK(components.count == 0);
  CHECK(components.nodes.empty());
}

TEST_CASE("a node alone is a component, with or without an edge to itself") {
  CHECK(strong_components(graph_of(1, {})).count == 1);
  CHECK(strong_components(graph_of(1, {{0, 0}})).count == 1);
}

TEST_CASE("a ring is one component and a chain is none") {
  CHECK(strong_components(graph_of(3, {{0, 1}, {1, 2}, {2, 0}})).count == 1);
  CHECK(strong_components(graph_of(3, {{0, 1}, {1, 2}})).count == 3);
}

TEST_CASE("components are numbered against the direction of edges between them") {
  const DirectedGraph graph = graph_of(6, {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}, {5, 4}, {4, 2}});
  const Components components = strong_components(graph);
  CHECK(components.count == 4);
  CHECK(components.of[0] == components.of[1]);
  CHECK(components.of[2] == components.of[3]);
  for (NodeId node = 0; node < graph.node_count(); ++node) {
    for (const Edge& edge : graph.edges_from(node)) CHECK(components.of[node] >= components.of[edge.target]);
  }
}

TEST_CASE("the members of a component are its nodes, in ascending order") {
  const Components components = strong_components(graph_of(4, {{0, 3}, {3, 0}, {1, 2}}));
  const auto members = components.members(components.of[3]);
  CHECK(std::vector(members.begin(), members.end()) == std::vector<NodeId>{0, 3});
  CHECK(components.members(components.of[1]).size() == 1);
}

TEST_CASE("parallel edges change nothing") {
  CHECK(strong_components(graph_of(2, {{0, 1}, {0, 1}, {1, 0}, {1, 0}})).count == 1);
}

TEST_CASE("a flood marks what is reachable and stops at what is marked") {
  const DirectedGraph graph = graph_of(5, {{0, 1}, {1, 2}, {3, 2}, {3, 4}});
  std::vector<std::uint8_t> marks(5, 0);
  const std::vector<NodeId> first = {1}, second = {3};
  flood(graph, first, 1, marks);
  flood(graph, second, 2, marks);
  CHECK(marks == std::vector<std::uint8_t>{0, 1, 1, 2, 2});
}

TEST_CASE("a flood from nothing marks nothing") {
  std::vector<std::uint8_t> marks(2, 0);
  flood(graph_of(2, {{0, 1}}), {}, 1, marks);
  CHECK(marks == std::vector<std::uint8_t>{0, 0});
}

// By definition: without the dominator, no way from the root leads to the node.
bool is_reached(const std::vector<std::vector<std::uint32_t>>& holders, std::uint32_t node,
                std::uint32_t without) {
  if (node == without) return false;
  return std::any_of(holders[node].begin(), holders[node].end(), [&](std::uint32_t holder) {
    return holder == DominatorTree::kRoot || is_reached(holders, holder, without);
  });
}

TEST_CASE("dominators are the last nodes that every way passes, on random graphs") {
  std::minstd_rand random(7);
  for (int round = 0; round < 300; ++round) {
    const auto nodes = static_cast<std::uint32_t>(1 + random() % 9);
    std::vector<std::vector<std::uint32_t>> holders(nodes);
    DominatorTree tree(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      for (std::uint32_t holder = 0; holder < node; ++holder) {
        if (random() % 3 == 0) holders[node].push_back(holder);
      }
      if (holders[node].empty() || random() % 4 == 0) holders[node].push_back(DominatorTree::kRoot);
      for (const std::uint32_t holder : holders[node]) tree.add_holder(node, holder);
    }
    for (std::uint32_t node = 0; node < nodes; ++node) {
      std::uint32_t last = DominatorTree::kRoot;
      for (std::uint32_t other = 0; other < node; ++other) {
        if (!is_reached(holders, node, other)) last = other;
      }
      CHECK(tree.parent(node) == last);
    }
  }
}

TEST_CASE("dominators of a chain of a million come at once") {
  constexpr std::uint32_t kLength = 1'000'000;
  DominatorTree chain(kLength + 1);
  chain.add_holder(0, DominatorTree::kRoot);
  for (std::uint32_t node = 1; node < kLength; ++node) chain.add_holder(node, node - 1);
  for (std::uint32_t node = 0; node < kLength; ++node) chain.add_holder(kLength, node);
  CHECK(chain.parent(kLength) == 0);
  CHECK(chain.parent(kLength - 1) == kLength - 2);
}

}  // namespace
}  // namespace gordian
