// ring_in_larger_blocks.cpp - rings through objects that lie in larger blocks, behind a raw pointer to a base class.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: says cut Leaf<InChunk>::strong
// gordian: says cut Leaf<BetweenGuards>::strong
// gordian: says cut Leaf<InRounded>::strong
// gordian: cycle likely objects=2 instances=1 of=Back<Part<InChunk>>,Owner<Part<InChunk>> members=Back<Part<InChunk>>::owner,Owner<Part<InChunk>>::d
// gordian: cycle likely objects=2 instances=1 of=Back<Part<BetweenGuards>>,Owner<Part<BetweenGuards>> members=Back<Part<BetweenGuards>>::owner,Owner<Part<BetweenGuards>>::d
// gordian: cycle likely objects=2 instances=1 of=Back<Part<InRounded>>,Owner<Part<InRounded>> members=Back<Part<InRounded>>::owner,Owner<Part<InRounded>>::d
#include <memory>

#include "own_blocks.h"
#include "pimpl_ring.h"

template <class Memory>
struct Leaf;
template <class Memory>
struct Part {
  std::weak_ptr<Back<Part>> weak;
  void add(const std::shared_ptr<Back<Part>>& back) {
    weak = back;
    static_cast<Leaf<Memory>*>(this)->strong = back;
  }
  static Part* make() { return new Leaf<Memory>; }
};
template <class Memory>
struct Leaf : Part<Memory>, Memory {
  std::shared_ptr<Back<Part<Memory>>> strong;
  long number = 1;
};

int main() {
  leak<Part<InRounded>>();
  leak<Part<BetweenGuards>>();
  leak<Part<InChunk>>();
}
