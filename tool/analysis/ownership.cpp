// ownership.cpp - what somebody owns: floods from the roots, then from the unknown.
//
// The user's problem: a cycle that a running thread, a global or a register still owns is
// no leak, and reporting it is a false alarm in somebody's build.
//
// As a graph: everything reached from a root over edges that keep alive (heap_graph.h) is
// owned. A slot in owned memory that only may be strong counts as strong here. Three
// floods, each over what the ones before have left:
//   1. root     from slots in static and thread-local data, stacks, registers, user roots
//               and surely owned blocks;
//   2. unknown  from objects with a strong handle that was counted but not located, and
//               from those where evidence does not decide (slots.cpp). Doubt means "owned",
//               and so is all that such an object holds: no cycle is reported through it;
//   3. lost     from such objects when not one strong handle was located and nothing
//               reachable points at them. They are listed as orphans, `likely`, and what
//               they hold is theirs: no cycle is reported there either.
//
// Cost: each node and edge once. What it misses: cycles below an object that the optimiser
// keeps in no memory when the program exits; `notes` counts such objects.
#include "analysis/ownership.h"

#include "graph/flood.h"

namespace gordian {
namespace {

using snapshot::Place;

std::vector<NodeId> rooted_nodes(const HeapIndex& index, const SlotVerdicts& verdicts,
                                 const HeapGraph& heap) {
  std::vector<NodeId> seeds;
  for (std::uint32_t row = 0; row < index.slot_count(); ++row) {
    if (index.slot(row).place == Place::block) continue;
    const std::uint32_t object = index.slot(row).object;
    switch (verdicts.meanings[row]) {
      case SlotMeaning::strong:
      case SlotMeaning::maybe_strong:
        if (!index.expired(object)) seeds.push_back(heap.whole(object));
        seeds.push_back(heap.control_part(object));
        break;
      case SlotMeaning::weak:
      case SlotMeaning::maybe_weak:
        seeds.push_back(heap.control_part(object));
        break;
      case SlotMeaning::dead:
        break;
    }
  }
  return seeds;
}

bool owner_is_unknown(CountVerdict verdict) {
  return verdict == CountVerdict::missing || verdict == CountVerdict::undecided ||
         verdict == CountVerdict::inconsistent;
}

bool is_lost(const HeapIndex& index, const ObjectCount& count, std::uint32_t object) {
  const bool seen = (index.object(object).flags & snapshot::kObjectSeen) != 0;
  return count.verdict == CountVerdict::missing && !count.possible_slots && !seen;
}

}  // namespace

Ownership find_owners(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap) {
  Ownership result;
  result.owners.assign(heap.node_count(), 0);
  const auto spread = [&](const std::vector<NodeId>& seeds, Owner owner) {
    flood(heap.graph(), seeds, static_cast<std::uint8_t>(owner), result.owners);
  };
  spread(rooted_nodes(index, verdicts, heap), Owner::root);

  std::vector<NodeId> seeds;
  for (const std::uint32_t object : index.by_birth()) {
    const ObjectCount& count = verdicts.objects[object];
    if (!owner_is_unknown(count.verdict) || result.owner(heap.whole(object)) != Owner::nobody) continue;
    if (is_lost(index, count, object)) {
      result.lost_objects.push_back(object);
      continue;
    }
    ++result.held_by_unknown;
    result.undecided += count.verdict == CountVerdict::undecided;
    result.inconsistent += count.verdict == CountVerdict::inconsistent;
    seeds.push_back(heap.whole(object));
    seeds.push_back(heap.control_part(object));
  }
  spread(seeds, Owner::unknown);

  seeds.clear();
  for (const std::uint32_t object : result.lost_objects) {
    seeds.push_back(heap.whole(object));
    seeds.push_back(heap.control_part(object));
  }
  spread(seeds, Owner::lost);
  return result;
}

}  // namespace gordian
