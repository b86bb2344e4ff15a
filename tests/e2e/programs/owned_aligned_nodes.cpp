// owned_aligned_nodes.cpp - objects that hold each other, or see each other, from values aligned to 16 bytes or to 64; one of each is owned.
// gordian: silent
#include "aligned_nodes.h"

template <class Node>
void keep() {
  [[maybe_unused]] static auto* const kept = new std::shared_ptr<Node>(make_pair_of<Node>());
}

template <template <template <class> class> class Node>
void keep_both() {
  keep<Node<std::shared_ptr>>();
  keep<Node<std::weak_ptr>>();
}

int main() {
  keep_both<Hash>();
  keep_both<HashOfNames>();
  keep_both<HashOfLines>();
  keep_both<Forward>();
  keep_both<ListOfLines>();
  keep_both<MapOfLines>();
}
