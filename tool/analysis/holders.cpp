// holders.cpp - retained objects and orphans, in one pass down the graph.
//
// The user's problem: a cycle of two nodes may keep a gigabyte alive, and that is why it
// matters; and an object that nobody owns, but no cycle holds either, is another bug: a
// reference was lost.
//
// As a graph: contract each strong component to a point; what is left has no cycles, and
// Tarjan's numbers are a topological order of it. Going down that order, each component
// hands on who holds it. Where two different holders meet the answer is "several": such a
// thing is freed only when both are gone, so it is retained, but by no one instance. An
// object that nothing is handed to is an orphan, and a holder itself.
// The same is done for causes (all cycles of one shape), so that what two equal cycles
// share still counts to their finding; and for the causes above a cycle, so that findings
// can be told that go away by themselves from those that do not.
// What is owned gets nothing; what hangs on lost objects (ownership.h) stays among them.
//
// A cycle keeps itself alive: what one holds both directly and through another is held by both, and
// stays when only the first is cut.
//
// Cost: linear. What it misses: which of several cycles hold a thing; it is retained, by more than one.
#include "analysis/holders.h"

#include <map>

#include "analysis/shape.h"

namespace gordian {
namespace {

// Joins what two predecessors hand on. Numbers below `cycles` are cycles and win.
std::uint32_t join(std::uint32_t a, std::uint32_t b, std::uint32_t cycles) {
  const auto level = [&](std::uint32_t x) {
    return x == kNobody ? 0 : x < cycles || x == kSeveralCycles ? 2 : 1;
  };
  if (level(a) != level(b)) return level(a) > level(b) ? a : b;
  if (a == b) return a;
  return level(a) == 2 ? kSeveralCycles : kSeveralOrphans;
}

class Descent {
 public:
  Descent(const Heap& heap, const std::vector<std::uint32_t>& cause_of_cycle, std::uint32_t cycle_causes)
      : heap_(heap),
        cause_of_cycle_(cause_of_cycle),
        cycle_count_(static_cast<std::uint32_t>(heap.cycles.cycles.size())),
        cycle_causes_(cycle_causes) {
    const std::uint32_t components = heap.cycles.components.count;
    result_.holder.assign(components, kNobody);
    result_.cause.assign(components, kNobody);
    above_.assign(components, kNobody);
    result_.cause_above.assign(cycle_count_, kNobody);
    result_.held_from_outside.assign(cycle_count_, false);
    result_.entered_from_elsewhere.assign(heap.graph.node_count(), false);
    result_.cause_entered.assign(cycle_causes, false);
  }

  Holders run() {
    for (std::uint32_t c = heap_.cycles.components.count; c-- > 0;) {
      const Owner owner = heap_.ownership.owner(heap_.cycles.components.members(c).front());
      if (owner == Owner::root || owner == Owner::unknown) continue;
      settle(c);
      hand_on(c, owner);
    }
    find_entries();
    return std::move(result_);
  }

 private:
  // All predecessors have handed on; makes a cycle or an orphan its own holder.
  void settle(std::uint32_t c) {
    if (const std::uint32_t cycle = heap_.cycles.of_component[c]; cycle != snapshot::kNone) {
      result_.cause_above[cycle] = above_[c];
      result_.holder[c] = cycle;
      result_.cause[c] = cause_of_cycle_[cycle];
      above_[c] = join(above_[c], cause_of_cycle_[cycle], cycle_causes_);
      return;
    }
    const NodeId node = heap_.cycles.components.members(c).front();
    if (result_.holder[c] != kNobody || !heap_.graph.is_whole(node)) return;
    const std::uint32_t object = heap_.graph.object_of(node);
    if (heap_.index.expired(object)) return;
    const std::uint8_t ignored = heap_.ownership.ignored_for(node);
    result_.holder[c] = cycle_count_ + static_cast<std::uint32_t>(result_.orphans.size());
    result_.cause[c] = cause_of_orphan({shape_of_orphan(heap_, object), ignored != 0});
    result_.orphans.push_back(
        {object, result_.cause[c], all_located(heap_.verdicts.objects[object]), ignored});
  }

  std::uint32_t cause_of_orphan(const CauseKey& key) {
    const auto next = cycle_causes_ + static_cast<std::uint32_t>(result_.orphan_causes.size());
    const auto [at, is_new] = orphan_causes_.try_emplace(key, next);
    if (is_new) result_.orphan_causes.push_back(key);
    return at->second;
  }

  void hand_on(std::uint32_t c, Owner owner) {
    for (const NodeId node : heap_.cycles.components.members(c)) {
      for (const Edge& edge : heap_.edges_from(node)) {
        const std::uint32_t to = heap_.component(edge.target);
        if (to == c || heap_.ownership.owner(edge.target) != owner) continue;
        result_.holder[to] = join(result_.holder[to], result_.holder[c], cycle_count_);
        result_.cause[to] = join(result_.cause[to], result_.cause[c], cycle_causes_);
        above_[to] = join(above_[to], above_[c], cycle_causes_);
        const std::uint32_t cycle = heap_.cycles.of_component[to];
        if (cycle != snapshot::kNone) result_.held_from_outside[cycle] = true;
      }
    }
  }

  // Once all causes are known: what a cycle retains may be held by a lost reference as well.
  void find_entries() {
    for (NodeId node = 0; node < heap_.graph.node_count(); ++node) {
      const Owner owner = heap_.ownership.owner(node);
      if (owner == Owner::root || owner == Owner::unknown) continue;
      const std::uint32_t cause = result_.cause[heap_.component(node)];
      for (const Edge& edge : heap_.edges_from(node)) {
        if (heap_.ownership.owner(edge.target) != owner) continue;
        const std::uint32_t held = result_.cause[heap_.component(edge.target)];
        if (held == cause) continue;
        result_.entered_from_elsewhere[edge.target] = true;
        if (held < cycle_causes_) result_.cause_entered[held] = true;
      }
    }
  }

  const Heap& heap_;
  const std::vector<std::uint32_t>& cause_of_cycle_;
  const std::uint32_t cycle_count_;
  const std::uint32_t cycle_causes_;
  std::vector<std::uint32_t> above_;
  std::map<CauseKey, std::uint32_t> orphan_causes_;
  Holders result_;
};

}  // namespace

Holders find_holders(const Heap& heap, const std::vector<std::uint32_t>& cause_of_cycle,
                     std::uint32_t cycle_causes) {
  return Descent(heap, cause_of_cycle, cycle_causes).run();
}

}  // namespace gordian
