// dominators.cpp - a node's dominator is the nearest common ancestor of all that hold it.
//
// In topological order one pass is enough: when a node's turn comes, all that hold it have their final
// place in the tree. Common ancestors are found by jump pointers in the skew-binary scheme
// (Myers, "An applicative random-access stack", 1983): two words a node, logarithmic steps.
#include "graph/dominators.h"

#include <utility>

namespace gordian {

DominatorTree::DominatorTree(std::uint32_t nodes)
    : parent_(std::size_t{nodes} + 1, 0),
      jump_(std::size_t{nodes} + 1, 0),
      depth_(std::size_t{nodes} + 1, 0) {}

void DominatorTree::add_holder(std::uint32_t node, std::uint32_t holder) {
  const std::uint32_t index = node + 1;
  const std::uint32_t from = holder == kRoot ? 0 : holder + 1;
  place(index, depth_[index] == 0 ? from : common(parent_[index], from));
}

void DominatorTree::place(std::uint32_t index, std::uint32_t parent) {
  parent_[index] = parent;
  depth_[index] = depth_[parent] + 1;
  const std::uint32_t jump = jump_[parent];
  const bool same_length = depth_[parent] - depth_[jump] == depth_[jump] - depth_[jump_[jump]];
  jump_[index] = same_length ? jump_[jump] : parent;
}

std::uint32_t DominatorTree::common(std::uint32_t a, std::uint32_t b) const {
  if (depth_[a] < depth_[b]) std::swap(a, b);
  while (depth_[a] > depth_[b]) a = depth_[jump_[a]] >= depth_[b] ? jump_[a] : parent_[a];
  while (a != b) {
    const bool apart = jump_[a] != jump_[b];
    a = apart ? jump_[a] : parent_[a];
    b = apart ? jump_[b] : parent_[b];
  }
  return a;
}

}  // namespace gordian
