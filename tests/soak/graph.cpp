// graph.cpp - the tables, and how a seed becomes a graph.
#include "graph.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>

namespace gordian::soak {
namespace {

namespace rows {
enum Kind {
#define KIND(name, family, room, effect) name,
#include "kinds.inc"
#undef KIND
};
}  // namespace rows

constexpr int kMostDistinct = 12;  // as many as a report shows of one finding
constexpr int kMostRepeated = 40;
constexpr int kMostOfARoot = 2;
constexpr int kStandardClasses = 10;

// Its own arithmetic: the library's distributions differ between implementations, and a seed is to stay what
// it is.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  bool in_hundred(int chances) { return below(100) < chances; }
  template <class T>
  const T& one_of(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }

 private:
  std::mt19937_64 engine_;
};

std::vector<Node> random_nodes(Dice& dice, Variety variety) {
  const auto count =
      1 + static_cast<std::size_t>(dice.below(variety == Variety::distinct ? kMostDistinct : kMostRepeated));
  std::vector<int> left(classes().size());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = static_cast<int>(i);
  for (std::size_t i = left.size(); i-- > 1;) {
    std::swap(left[i], left[static_cast<std::size_t>(dice.below(static_cast<int>(i) + 1))]);
  }
  const std::size_t in_use =
      variety == Variety::distinct ? left.size() : 1 + static_cast<std::size_t>(dice.below(6));
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < count; ++i) nodes.push_back({left[i % in_use], dice.below(2)});
  return nodes;
}

bool can_lead_to(const Graph& graph, int kind, int from, int to) {
  const KindRow& row = kinds()[static_cast<std::size_t>(kind)];
  const int of_class = graph.nodes[static_cast<std::size_t>(to)].of_class;
  if (row.family != graph.class_of(to).family) return false;
  if (kind == rows::typed) {
    return of_class == (graph.nodes[static_cast<std::size_t>(from)].of_class + 1) % kStandardClasses;
  }
  // A pointer to an object whose deleter may do nothing may own it, so it says nothing of what is right.
  return row.effect != EdgeEffect::raw || graph.class_of(to).layout != "with_deleter";
}

void add_edges(Graph& graph, Dice& dice) {
  const int density = dice.one_of(std::vector{15, 25, 40, 70});
  const int backward = dice.one_of(std::vector{0, 10, 30, 100, 100});
  const int count = static_cast<int>(graph.nodes.size());
  for (int from = 0; from < count; ++from) {
    for (const int kind : graph.class_of(from).kinds) {
      if (!dice.in_hundred(density)) continue;
      const int wanted = 1 + dice.below(kinds()[static_cast<std::size_t>(kind)].room);
      for (int i = 0; i < wanted; ++i) {
        const int to = dice.below(count);
        if (to <= from && !dice.in_hundred(backward)) continue;
        if (can_lead_to(graph, kind, from, to)) graph.edges.push_back({from, kind, to, false});
      }
    }
  }
}

void add_roots(Graph& graph, Dice& dice) {
  const int held = dice.one_of(std::vector{0, 0, 3, 10, 40});
  const int strange = dice.one_of(std::vector{0, 0, 10, 30});
  std::vector<int> used(roots().size(), 0);
  for (int node = 0; node < static_cast<int>(graph.nodes.size()); ++node) {
    for (int root = 0; root < static_cast<int>(roots().size()); ++root) {
      const RootRow& row = roots()[static_cast<std::size_t>(root)];
      if (row.family != graph.class_of(node).family) continue;
      const int of_kind = row.effect == RootEffect::owner && row.family == Family::standard ? 12 : 2;
      if (!dice.in_hundred(row.effect == RootEffect::owner ? held : strange) || dice.below(of_kind) != 0)
        continue;
      if (row.name == "global_raw" && graph.class_of(node).layout == "with_deleter") continue;
      if (row.effect == RootEffect::hidden && dice.below(4) != 0) continue;
      int& times = used[static_cast<std::size_t>(root)];
      if (times++ < kMostOfARoot) graph.roots.push_back({root, node});
    }
  }
}

}  // namespace

const std::vector<KindRow>& kinds() {
  static const std::vector<KindRow> table{
#define KIND(name, family, room, effect) {#name, Family::family, room, EdgeEffect::effect},
#include "kinds.inc"
#undef KIND
  };
  return table;
}

const std::vector<ClassRow>& classes() {
  static const std::vector<ClassRow> table = [] {
    using namespace rows;
    return std::vector<ClassRow>{
#define CLASS(number, family, layout, ...) {Family::family, #layout, {__VA_ARGS__}},
#include "classes.inc"
#undef CLASS
    };
  }();
  return table;
}

const std::vector<RootRow>& roots() {
  static const std::vector<RootRow> table{
#define ROOT(name, family, effect) {#name, Family::family, RootEffect::effect},
#include "roots.inc"
#undef ROOT
  };
  return table;
}

Graph random_graph(std::uint64_t seed, Variety variety) {
  Dice dice(seed);
  Graph graph;
  graph.nodes = random_nodes(dice, variety);
  add_edges(graph, dice);
  add_roots(graph, dice);
  return graph;
}

Graph without_doubt(Graph graph, bool has_shim) {
  const auto effect_of = [](const Edge& edge) { return kinds()[static_cast<std::size_t>(edge.kind)].effect; };
  const auto is_adopted = [&](int node) {
    return !has_shim && graph.class_of(node).layout == "with_deleter";
  };
  const auto is_doubtful = [&](int node) {
    if (has_shim && graph.class_of(node).family != Family::boost) return false;
    return std::any_of(graph.edges.begin(), graph.edges.end(),
                       [&](const Edge& edge) {
                         return edge.to == node && effect_of(edge) == EdgeEffect::in_union;
                       }) ||
           std::any_of(graph.roots.begin(), graph.roots.end(), [&](const Root& root) {
             return root.node == node &&
                    roots()[static_cast<std::size_t>(root.root)].effect == RootEffect::lost;
           });
  };
  std::vector<Edge> edges;
  for (const Edge& edge : graph.edges) {
    const bool is_weak = effect_of(edge) == EdgeEffect::weak;
    if (!is_weak || (!is_doubtful(edge.to) && !is_adopted(edge.to))) edges.push_back(edge);
  }
  std::vector<Root> left;
  for (const Root& root : graph.roots) {
    const bool is_weak = roots()[static_cast<std::size_t>(root.root)].name == "global_weak";
    if (!is_weak || !is_doubtful(root.node)) left.push_back(root);
  }
  graph.edges = edges;
  graph.roots = left;
  return graph;
}

std::string description(const Graph& graph) {
  std::ostringstream out;
  for (const Node& node : graph.nodes) out << "node " << node.of_class << ' ' << node.thread << '\n';
  for (const Edge& edge : graph.edges) {
    out << "edge " << edge.from << ' ' << edge.kind << ' ' << edge.to << ' ' << edge.cut << '\n';
  }
  for (const Root& root : graph.roots) out << "root " << root.root << ' ' << root.node << '\n';
  out << "check\n";
  return out.str();
}

std::string in_words(const Graph& graph) {
  std::ostringstream out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    out << "  node " << i << ": class " << graph.nodes[i].of_class << ", "
        << graph.class_of(static_cast<int>(i)).layout << ", made by thread " << graph.nodes[i].thread << '\n';
  }
  for (const Edge& edge : graph.edges) {
    out << "  " << edge.from << " -" << kinds()[static_cast<std::size_t>(edge.kind)].name
        << (edge.cut ? ", cut" : "") << "-> " << edge.to << '\n';
  }
  for (const Root& root : graph.roots) {
    out << "  " << roots()[static_cast<std::size_t>(root.root)].name << " -> " << root.node << '\n';
  }
  return out.str();
}

}  // namespace gordian::soak
