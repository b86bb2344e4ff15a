// freed.h - what goes when references of a finding are cut: objects and bytes, counted.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"
#include "analysis/holders.h"

namespace gordian {

// All that the cycles of one finding hold, as a graph of its own.
class HeldGraph {
 public:
  // `cycles` are those of one cause, all of them. `local` is working memory: by node, kNoNode before
  // and after. `candidate_of` gives the number of a slot's candidate, or kNone.
  HeldGraph(const Heap& heap, const Holders& holders, std::span<const std::uint32_t> cycles,
            std::vector<NodeId>& local, const std::function<std::uint32_t(std::uint32_t)>& candidate_of);

  // What is left to nobody without the references of the candidates in `cut`.
  Freed without(std::span<const std::uint32_t> cut) const;

 private:
  std::vector<bool> is_whole_;
  std::vector<std::uint64_t> bytes_;
  std::vector<NodeId> entries_;  // something that is not of this cause holds them
  DirectedGraph graph_;          // an edge's tag: its candidate, or kNone
};

}  // namespace gordian
