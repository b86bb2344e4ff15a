// heap.h - everything that was concluded about the heap before findings are made of it.
//
// Built in this order, each from those above it; nothing changes afterwards.
#pragma once

#include "analysis/borrowed.h"
#include "analysis/cycles.h"
#include "analysis/heap_graph.h"
#include "analysis/heap_index.h"
#include "analysis/ownership.h"
#include "analysis/recognise.h"
#include "analysis/slots.h"
#include "analysis/typing.h"

namespace gordian {

struct Heap {
  Heap(const Snapshot& snapshot, TypeModel& types)
      : recognised(recognise(snapshot, types)),
        index(std::move(recognised.index)),
        typing(std::move(recognised.typing)),
        verdicts(judge_slots(index, typing)),
        borrowed(find_borrowed(index, typing)),
        graph(index, verdicts, borrowed),
        ownership(find_owners(index, verdicts, graph, borrowed, find_held_unread(index, typing))),
        cycles(find_cycles(index, verdicts, graph, ownership)) {}

  Heap(const Heap&) = delete;  // the members refer to each other
  Heap& operator=(const Heap&) = delete;

  RecognisedHeap recognised;  // keeps the snapshot; the two below are taken out of it
  HeapIndex index;
  Typing typing;
  SlotVerdicts verdicts;
  std::vector<bool> borrowed;  // by row of pointers
  HeapGraph graph;
  Ownership ownership;
  Cycles cycles;

  std::uint32_t component(NodeId node) const { return cycles.components.of[node]; }
  std::span<const Edge> edges_from(NodeId node) const { return graph.graph().edges_from(node); }
};

}  // namespace gordian
