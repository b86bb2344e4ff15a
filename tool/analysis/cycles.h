// cycles.h - the reference cycles that nobody owns.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/heap_graph.h"
#include "analysis/ownership.h"
#include "graph/strong_components.h"

namespace gordian {

// One strongly connected set that holds an object alive.
struct Cycle {
  std::uint32_t component = 0;
  std::uint32_t first_born = 0;  // object row
  std::uint32_t objects = 0;     // see for_each_object()
  std::uint32_t edges = 0;       // between its nodes
  bool proved = false;           // every strong handle of every object was located
  std::uint8_t ignored = 0;      // see Ownership::ignored; of a strong component all or nothing
};

struct Cycles {
  Components components;
  std::vector<Cycle> cycles;                // the one with the first-born object first
  std::vector<std::uint32_t> of_component;  // index in `cycles`, or kNone
};

Cycles find_cycles(const HeapIndex& index, const SlotVerdicts& verdicts, const HeapGraph& heap,
                   const Ownership& ownership);

// Calls f(object, node) for each object of a component: those whose whole is in it, and those
// of which only the control part is (a ring passes through a deleter).
template <class F>
void for_each_object(const HeapGraph& heap, const Components& components, std::uint32_t component, F f) {
  for (const NodeId node : components.members(component)) {
    if (heap.is_plain(node)) continue;
    const std::uint32_t object = heap.object_of(node);
    if (heap.is_whole(node) || components.of[heap.whole(object)] != component) f(object, node);
  }
}

}  // namespace gordian
