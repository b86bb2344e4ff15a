// graph.h - a random graph of owners and observers, described by numbers alone.
//
// The same description is built by program/graphs.cpp and judged by model.h; neither knows the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gordian::soak {

enum class Family { standard, boost, intrusive, announced, named };
enum class EdgeEffect { strong, in_union, weak, raw };
enum class RootEffect { owner, hidden, lost, watcher };

struct KindRow {
  std::string name;
  Family family;  // of the nodes it leads to
  int room;
  EdgeEffect effect;
};
struct ClassRow {
  Family family;
  std::string layout;
  std::vector<int> kinds;
};
struct RootRow {
  std::string name;
  Family family;
  RootEffect effect;
};
const std::vector<KindRow>& kinds();
const std::vector<ClassRow>& classes();
const std::vector<RootRow>& roots();

struct Node {
  int of_class = 0;
  int thread = 0;  // that makes it
};
struct Edge {
  int from = 0;
  int kind = 0;
  int to = 0;
  bool cut = false;  // a weak reference stands in its place

  bool owns() const { return !cut && kinds()[static_cast<std::size_t>(kind)].effect <= EdgeEffect::in_union; }
};
struct Root {
  int root = 0;
  int node = 0;
};
struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Root> roots;

  const ClassRow& class_of(int node) const {
    return classes()[static_cast<std::size_t>(nodes[static_cast<std::size_t>(node)].of_class)];
  }
};

enum class Variety {
  distinct,  // at most twelve nodes, each of a class of its own: every reference can be told by its name
  repeated,  // more, and several of a class: findings have several instances
};

Graph random_graph(std::uint64_t seed, Variety variety);

// Nothing tells boost's weak_ptr in owned memory, or without the shim any, from a strong handle that no type
// vouches for (in a lost block, in a union); nor, without the shim, a weak_ptr in owned memory from a plain
// pointer that owns what a deleter does not free. That is a doubt, and the object counts as owned. So such
// weak references are left out.
Graph without_doubt(Graph graph, bool has_shim);

// As program/graphs.cpp reads it.
std::string description(const Graph& graph);
// For people: "3 -vector-> 5".
std::string in_words(const Graph& graph);

}  // namespace gordian::soak
