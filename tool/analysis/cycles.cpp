// cycles.cpp - cycles are strongly connected sets of what nobody owns.
//
// The user's problem: which objects keep each other alive, and nobody else does.
//
// As a graph: the strongly connected components of the heap graph. One component is never
// half owned, because what an owned node reaches is owned; so the components of the whole
// graph are found once, and the owned ones passed over. A component is a cycle when it
// contains an object's whole, and an edge that returns to where it started. Then one of
// its edges is a strong slot, for nothing else leads to a whole. Components of plain blocks
// alone (a doubly linked list's nodes), or of control parts held by weak handles only, keep
// no object alive and are none.
//
// Method and cost: Tarjan's algorithm without recursion, linear.
//
// What it misses: control blocks that outlive their object because a deleter holds a weak
// handle to its own control block. Memory is lost there, but no object is kept.
#include "analysis/cycles.h"

#include <algorithm>

namespace gordian {
namespace {

class Judge {
 public:
  Judge(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
        const Components& components)
      : index_(index), verdicts_(verdicts), heap_(heap), components_(components) {}

  bool is_cycle(std::uint32_t component) const {
    const auto members = components_.members(component);
    // Wholes have the lowest numbers.
    if (!heap_.is_whole(members.front())) return false;
    if (members.size() > 1) return true;
    const auto edges = heap_.graph().edges_from(members.front());
    return std::any_of(edges.begin(), edges.end(),
                       [&](const Edge& e) { return e.target == members.front(); });
  }

  Cycle describe(std::uint32_t component) const {
    Cycle cycle;
    cycle.component = component;
    cycle.proved = true;
    bool first = true;
    for_each_object(heap_, components_, component, [&](std::uint32_t object, NodeId node) {
      ++cycle.objects;
      // Of an expired object only the control part is left, and no strong handle.
      cycle.proved &= counted(object) || (index_.expired(object) && !heap_.is_whole(node));
      if (first || index_.seniority(object) < index_.seniority(cycle.first_born)) cycle.first_born = object;
      first = false;
    });
    for (const NodeId node : components_.members(component)) {
      for (const Edge& edge : heap_.graph().edges_from(node)) {
        if (components_.of[edge.target] != component) continue;
        ++cycle.edges;
        if (HeapGraph::kind(edge) == EdgeKind::slot) cycle.proved &= certain(HeapGraph::row(edge));
      }
    }
    return cycle;
  }

 private:
  // In a block that it shares, an object's words cannot be told from its neighbours'. And a word
  // without a type may be what a reset optional or a popped element has left behind: counting finds the
  // cycle, and proves it only of words that are known to be handles.
  bool counted(std::uint32_t object) const {
    return verdicts_.objects[object].verdict == CountVerdict::all_known && index_.owns_control_block(object);
  }
  bool certain(std::uint32_t slot) const {
    const SlotMeaning m = verdicts_.meanings[slot];
    return m == SlotMeaning::strong || m == SlotMeaning::weak;
  }

  const HeapIndex& index_;
  const SlotVerdicts& verdicts_;
  const HeapGraph& heap_;
  const Components& components_;
};

}  // namespace

Cycles find_cycles(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
                   const Ownership& ownership) {
  Cycles result;
  result.components = strong_components(heap.graph());
  const Judge judge(index, verdicts, heap, result.components);
  for (std::uint32_t c = 0; c < result.components.count; ++c) {
    if (ownership.owner(result.components.members(c).front()) != Owner::nobody || !judge.is_cycle(c))
      continue;
    result.cycles.push_back(judge.describe(c));
    result.cycles.back().ignored = ownership.ignored_for(result.components.members(c).front());
  }
  std::sort(result.cycles.begin(), result.cycles.end(), [&](const Cycle& a, const Cycle& b) {
    const std::uint32_t x = index.seniority(a.first_born), y = index.seniority(b.first_born);
    return x != y ? x < y : a.component < b.component;
  });
  result.of_component.assign(result.components.count, snapshot::kNone);
  for (std::uint32_t i = 0; i < result.cycles.size(); ++i)
    result.of_component[result.cycles[i].component] = i;
  return result;
}

}  // namespace gordian
