// shrink.cpp - one thing after the other is left out, until nothing more can be.
#include "shrink.h"

#include <cstddef>

namespace gordian::soak {
namespace {

Graph without_node(const Graph& graph, int gone) {
  const auto moved = [&](int node) { return node > gone ? node - 1 : node; };
  Graph rest = graph;
  rest.nodes.erase(rest.nodes.begin() + gone);
  std::erase_if(rest.edges, [&](const Edge& edge) { return edge.from == gone || edge.to == gone; });
  std::erase_if(rest.roots, [&](const Root& root) { return root.node == gone; });
  for (Edge& edge : rest.edges) {
    edge.from = moved(edge.from);
    edge.to = moved(edge.to);
  }
  for (Root& root : rest.roots) root.node = moved(root.node);
  return rest;
}

// Tries to leave out each of `count` things, the last first; true when one could go.
bool leave_out(Graph& graph, std::size_t count, const std::function<Graph(std::size_t)>& without,
               const std::function<bool(const Graph&)>& still_fails) {
  bool smaller = false;
  for (std::size_t i = count; i-- > 0;) {
    Graph rest = without(i);
    if (rest.nodes.empty() || !still_fails(rest)) continue;
    graph = std::move(rest);
    smaller = true;
  }
  return smaller;
}

}  // namespace

Graph shrunk(Graph graph, const std::function<bool(const Graph&)>& still_fails) {
  for (bool smaller = true; smaller;) {
    const auto node = [&](std::size_t i) { return without_node(graph, static_cast<int>(i)); };
    smaller = leave_out(graph, graph.nodes.size(), node, still_fails);
    const auto edge = [&](std::size_t i) {
      Graph rest = graph;
      rest.edges.erase(rest.edges.begin() + static_cast<std::ptrdiff_t>(i));
      return rest;
    };
    smaller |= leave_out(graph, graph.edges.size(), edge, still_fails);
    const auto root = [&](std::size_t i) {
      Graph rest = graph;
      rest.roots.erase(rest.roots.begin() + static_cast<std::ptrdiff_t>(i));
      return rest;
    };
    smaller |= leave_out(graph, graph.roots.size(), root, still_fails);
  }
  return graph;
}

}  // namespace gordian::soak
