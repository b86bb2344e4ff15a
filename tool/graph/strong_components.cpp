// strong_components.cpp - Boost.Graph's Tarjan, run on our graph without copying it.
//
// Boost asks for a model of its VertexListGraph and IncidenceGraph concepts. Ours
// names vertices and edges by number, so the explicit stack of Boost's depth-first
// search takes 20 bytes a level.
#include "graph/strong_components.h"

#include <algorithm>
#include <boost/graph/properties.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

namespace boost {

template <>
struct graph_traits<gordian::DirectedGraph> {
  using vertex_descriptor = gordian::NodeId;
  using edge_descriptor = std::uint32_t;
  using directed_category = directed_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : vertex_list_graph_tag, incidence_graph_tag {};
  using vertex_iterator = counting_iterator<gordian::NodeId>;
  using out_edge_iterator = counting_iterator<std::uint32_t>;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return gordian::kNoNode; }
};

}  // namespace boost

namespace gordian {

// The functions of the two concepts, found by argument-dependent lookup.
using Traits = boost::graph_traits<DirectedGraph>;

inline std::uint32_t num_vertices(const DirectedGraph& graph) {  // not run: see source()
  return graph.node_count();
}
inline std::pair<Traits::vertex_iterator, Traits::vertex_iterator> vertices(const DirectedGraph& graph) {
  return {Traits::vertex_iterator(0), Traits::vertex_iterator(graph.node_count())};
}
inline std::uint32_t out_degree(NodeId node, const DirectedGraph& graph) {  // not run: see source()
  return graph.end_edge(node) - graph.first_edge(node);
}
inline std::pair<Traits::out_edge_iterator, Traits::out_edge_iterator> out_edges(NodeId node,
                                                                                 const DirectedGraph& graph) {
  return {Traits::out_edge_iterator(graph.first_edge(node)), Traits::out_edge_iterator(graph.end_edge(node))};
}
inline NodeId target(std::uint32_t edge, const DirectedGraph& graph) {
  return graph.edge(edge).target;
}
// An edge does not store its source.
inline NodeId source(std::uint32_t edge, const DirectedGraph& graph) {  // not run: for the concept alone
  const auto [begin, end] = vertices(graph);
  return *std::partition_point(begin, end, [&](NodeId node) { return graph.first_edge(node) <= edge; }) - 1;
}

Components strong_components(const DirectedGraph& graph) {
  const NodeId nodes = graph.node_count();
  Components result;
  result.of.assign(nodes, 0);
  {
    std::vector<NodeId> root(nodes);
    std::vector<std::uint32_t> discovered(nodes);
    std::vector<boost::default_color_type> colour(nodes);
    const auto by_node = [](auto& values) {
      return boost::make_iterator_property_map(values.begin(), boost::typed_identity_property_map<NodeId>());
    };
    result.count = boost::strong_components(
        graph, by_node(result.of),
        boost::root_map(by_node(root)).discover_time_map(by_node(discovered)).color_map(by_node(colour)));
  }
  result.first.assign(result.count + 1, 0);
  for (const std::uint32_t c : result.of) ++result.first[c + 1];
  for (std::uint32_t c = 0; c < result.count; ++c) result.first[c + 1] += result.first[c];
  result.nodes.resize(nodes);
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (NodeId node = 0; node < nodes; ++node) result.nodes[next[result.of[node]]++] = node;
  return result;
}

}  // namespace gordian
