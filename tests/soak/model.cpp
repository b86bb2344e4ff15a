// model.cpp - fix-points over at most some dozen nodes, in the plainest way.
#include "model.h"

#include <algorithm>
#include <functional>

namespace gordian::soak {
namespace {

using Wanted = std::function<bool(RootEffect)>;

const KindRow& row_of(const Edge& edge) {
  return kinds()[static_cast<std::size_t>(edge.kind)];
}
RootEffect effect_of(const Root& root) {
  return roots()[static_cast<std::size_t>(root.root)].effect;
}

NodeSet held_by(const Graph& graph, const Wanted& wanted) {
  NodeSet held;
  for (const Root& root : graph.roots) {
    if (wanted(effect_of(root))) held.insert(root.node);
  }
  return held;
}

// Counting: a node dies when nobody outside and no living node owns it.
NodeSet survivors(const Graph& graph, NodeSet living, const Wanted& wanted) {
  const NodeSet held = held_by(graph, wanted);
  for (;;) {
    NodeSet kept;
    for (const int node : living) {
      const bool owned = std::any_of(graph.edges.begin(), graph.edges.end(), [&](const Edge& edge) {
        return edge.owns() && edge.to == node && living.count(edge.from) != 0;
      });
      if (owned || held.count(node) != 0) kept.insert(node);
    }
    if (kept == living) return kept;
    living = kept;
  }
}

// What owners lead to, within some nodes.
NodeSet reached(const Graph& graph, NodeSet from, const NodeSet& within) {
  for (bool grew = true; grew;) {
    grew = false;
    for (const Edge& edge : graph.edges) {
      if (!edge.owns() || from.count(edge.from) == 0 || within.count(edge.to) == 0) continue;
      grew |= from.insert(edge.to).second;
    }
  }
  return from;
}

// What owners lead to in one step or more.
NodeSet reached_beyond(const Graph& graph, int start, const NodeSet& within) {
  NodeSet next;
  for (const Edge& edge : graph.edges) {
    if (edge.owns() && edge.from == start && within.count(edge.to) != 0) next.insert(edge.to);
  }
  return reached(graph, next, within);
}

void find_cycles(const Graph& graph, const NodeSet& leaked, Verdict& verdict) {
  for (const int node : leaked) {
    if (verdict.in_cycles.count(node) != 0) continue;
    const NodeSet after = reached_beyond(graph, node, leaked);
    if (after.count(node) == 0) continue;
    NodeSet cycle;
    for (const int other : after) {
      if (reached_beyond(graph, other, leaked).count(node) != 0) cycle.insert(other);
    }
    verdict.in_cycles.insert(cycle.begin(), cycle.end());
    verdict.cycles.push_back(cycle);
  }
}

void count_states(const Graph& graph, Verdict& verdict) {
  verdict.states_in_cycle.assign(verdict.cycles.size(), 0);
  for (const Edge& edge : graph.edges) {
    if (row_of(edge).name != "future" || !edge.owns()) continue;
    const auto holds_both = [&](const NodeSet& cycle) {
      return cycle.count(edge.from) + cycle.count(edge.to) == 2;
    };
    const auto cycle = std::find_if(verdict.cycles.begin(), verdict.cycles.end(), holds_both);
    if (cycle != verdict.cycles.end()) {
      ++verdict.states_in_cycle[static_cast<std::size_t>(cycle - verdict.cycles.begin())];
    } else if (verdict.in_cycles.count(edge.from) + verdict.retained.count(edge.from) != 0) {
      ++verdict.states_retained;
    }
  }
}

bool is_proved(const Graph& graph, const NodeSet& cycle, const NodeSet& alive) {
  const bool sure_edges = std::all_of(graph.edges.begin(), graph.edges.end(), [&](const Edge& edge) {
    return !edge.owns() || cycle.count(edge.to) == 0 || alive.count(edge.from) == 0 ||
           row_of(edge).effect == EdgeEffect::strong;
  });
  // Where it was lost, nothing says what the block is.
  const NodeSet lost = held_by(graph, [](RootEffect effect) { return effect == RootEffect::lost; });
  return sure_edges &&
         std::none_of(cycle.begin(), cycle.end(), [&](int node) { return lost.count(node) != 0; });
}

NodeSet without(const NodeSet& all, const NodeSet& those) {
  NodeSet rest;
  std::set_difference(all.begin(), all.end(), those.begin(), those.end(), std::inserter(rest, rest.end()));
  return rest;
}

}  // namespace

Verdict right_verdict(const Graph& graph) {
  Verdict verdict;
  NodeSet all;
  for (int node = 0; node < static_cast<int>(graph.nodes.size()); ++node) all.insert(node);
  verdict.alive = survivors(graph, all, [](RootEffect effect) { return effect != RootEffect::watcher; });
  verdict.left =
      survivors(graph, verdict.alive, [](RootEffect effect) { return effect == RootEffect::lost; });

  const auto owner = [](RootEffect effect) { return effect == RootEffect::owner; };
  const auto hidden = [](RootEffect effect) { return effect == RootEffect::hidden; };
  const NodeSet seen = reached(graph, held_by(graph, owner), verdict.alive);
  const NodeSet unseen = reached(graph, held_by(graph, hidden), verdict.alive);
  verdict.hidden = without(unseen, seen);
  verdict.owned = seen;
  verdict.owned.insert(unseen.begin(), unseen.end());

  const NodeSet leaked = without(verdict.alive, verdict.owned);
  find_cycles(graph, leaked, verdict);
  verdict.retained = without(reached(graph, verdict.in_cycles, leaked), verdict.in_cycles);
  const NodeSet lost = without(without(leaked, verdict.in_cycles), verdict.retained);
  for (const int node : lost) {
    const bool held = std::any_of(graph.edges.begin(), graph.edges.end(), [&](const Edge& edge) {
      return edge.owns() && edge.to == node && lost.count(edge.from) != 0;
    });
    if (!held) verdict.orphans.insert(node);
  }
  count_states(graph, verdict);
  for (const NodeSet& cycle : verdict.cycles)
    verdict.proved.push_back(is_proved(graph, cycle, verdict.alive));
  return verdict;
}

}  // namespace gordian::soak
