// dominators.h - the dominator tree of a graph without cycles.
//
// A node's dominator is the last one that every way from the root to it passes: what the node
// lives and dies with.
#pragma once

#include <cstdint>
#include <vector>

namespace gordian {

class DominatorTree {
 public:
  static constexpr std::uint32_t kRoot = 0xffffffffu;

  // Of the nodes 0 to nodes - 1, and the root above them.
  explicit DominatorTree(std::uint32_t nodes);

  // `holder` has an edge to `node`: the root, or a node with a lower number all of whose own edges have been
  // added. Logarithmic in the depth of the tree.
  void add_holder(std::uint32_t node, std::uint32_t holder);

  // kRoot also for a node that nobody holds.
  std::uint32_t parent(std::uint32_t node) const { return up(parent_[node + 1]); }

 private:
  static std::uint32_t up(std::uint32_t index) { return index == 0 ? kRoot : index - 1; }
  std::uint32_t common(std::uint32_t a, std::uint32_t b) const;
  void place(std::uint32_t index, std::uint32_t parent);

  // By node + 1; 0 is the root.
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> jump_;   // some ancestor: far ones are a few jumps away
  std::vector<std::uint32_t> depth_;  // 0: not placed yet (and the root)
};

}  // namespace gordian
