// flood.h - what can be reached from where.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/directed_graph.h"

namespace gordian {

// Sets marks[n] = `mark` for every node reached from `seeds` over nodes whose mark is 0,
// seeds included. Nodes that are marked already stop the flood: several floods with
// different marks, one after the other, share out the graph, the first one first.
// `marks` has one entry per node; `mark` is not 0. Linear in what is newly reached.
void flood(const DirectedGraph& graph, std::span<const NodeId> seeds, std::uint8_t mark,
           std::vector<std::uint8_t>& marks);

}  // namespace gordian
