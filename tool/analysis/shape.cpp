// shape.cpp - the shape of a cycle, as a number that stays the same.
//
// The user's problem: one bug makes a thousand cycles, and is to be one finding, with an id
// that suppressions and baselines can hang on: the same in the next run, on another
// machine, after an edit elsewhere, and whether the list that leaked had 3 nodes or 5.
//
// As a graph: paint each object with its type name, and each reference with its path, indexes
// left out. The shape is the *set* of (colour, path, colour) of the references that close the
// cycle. So it has no addresses, counts, lines or order in it; isomorphic cycles have the
// same shape, and so do rings of all lengths, lists of all lengths and trees of all sizes
// through the same members. Nor does it know how many nodes a container has, or whose
// library made them: what lies between two objects is in the path.
//
// This is colour refinement stopped before its first round. Each further round would tell
// a node by what lies that many steps away, and so a list of 3 from a list of 4 by the
// distance to its ends; the cause of both is the same member.
//
// Cost: linear in the cycle's edges but for sorting the distinct ones. What it misses: two
// cycles of the same types through the same members in another arrangement are one
// finding. Whether one cut serves them all is checked on all of them (cuts.cpp).
#include "analysis/shape.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace gordian {
namespace {

std::uint64_t colour(const Heap& heap, NodeId node) {
  const std::uint64_t kind = stable_hash(heap.graph.is_whole(node) ? "object" : "control block");
  return mix(kind, heap.typing.type_name_hash(heap.graph.object_of(node)));
}

// The object that a reference starts from: the one whose block it lies in, or the one from which
// that block is reached.
std::uint64_t holder_colour(const Heap& heap, NodeId node) {
  if (!heap.graph.is_plain(node)) return colour(heap, node);
  const std::uint32_t object = heap.typing.regions[heap.graph.block_of_plain(node)].object;
  return object != snapshot::kNone ? colour(heap, heap.graph.whole(object)) : stable_hash("block");
}

void sort_and_drop_equal(std::vector<std::uint64_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

std::uint64_t shape_of_cycle(const Heap& heap, const Cycle& cycle, MemberPaths& paths) {
  constexpr std::size_t kMostKept = 4096;  // a ring of a million needs no million hashes at once
  std::vector<std::uint64_t> parts;
  std::size_t limit = kMostKept;
  for (const NodeId node : heap.cycles.components.members(cycle.component)) {
    for (const Edge& edge : heap.edges_from(node)) {
      if (HeapGraph::kind(edge) != EdgeKind::slot || heap.component(edge.target) != cycle.component) continue;
      const std::uint64_t path = paths.path(paths.of_slot(HeapGraph::row(edge))).hash;
      parts.push_back(mix(mix(holder_colour(heap, node), path), colour(heap, edge.target)));
    }
    if (parts.size() < limit) continue;
    sort_and_drop_equal(parts);
    limit = std::max(kMostKept, 2 * parts.size());
  }
  sort_and_drop_equal(parts);
  std::uint64_t shape = stable_hash("cycle");
  for (const std::uint64_t part : parts) shape = mix(shape, part);
  return shape;
}

std::uint64_t shape_of_orphan(const Heap& heap, std::uint32_t object) {
  const bool located = heap.verdicts.objects[object].possible_slots;
  return mix(stable_hash(located ? "orphan" : "orphan, reference not located"),
             heap.typing.type_name_hash(object));
}

std::string finding_id(std::uint64_t shape) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(shape ^ (shape >> 32)));
  return digits;
}

}  // namespace gordian
