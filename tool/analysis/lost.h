// lost.h - where the lost references to orphans lie, and what was lost with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/findings.h"
#include "analysis/heap.h"

namespace gordian {

inline constexpr std::size_t kShownLostHolders = 3;

// Built once for a heap; costs a word for each node and what the plain blocks point to.
class LostPlaces {
 public:
  explicit LostPlaces(const Heap& heap);

  // The places of the strong references to `objects`, each with how many of them it accounts for: the
  // most first, then as they come. Capped.
  std::vector<LostHolder> of(std::span<const std::uint32_t> objects) const;

 private:
  NodeId top_of(std::span<const NodeId> ring) const;
  void go_down_from(NodeId top);
  LostHolder place(std::uint32_t slot) const;
  std::string path_to(std::uint32_t slot) const;

  const Heap& heap_;
  std::vector<NodeId>
      top_;  // by node: the block above it that nothing else leads to; kNoNode for no plain block
  std::vector<NodeId> from_;   // by node: whence it was reached; itself for a top
  std::vector<Edge> through_;  // by node: and by which pointer
};

}  // namespace gordian
