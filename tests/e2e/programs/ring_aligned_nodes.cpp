// ring_aligned_nodes.cpp - values that are aligned to 16 bytes, or to 64, lie further on in a container's nodes.
// gordian: exit 23
// gordian: proved 6
// gordian: path Hash<std::shared_ptr>::links[key].to
// gordian: path HashOfNames<std::shared_ptr>::links[key].to
// gordian: path HashOfLines<std::shared_ptr>::lines[key].to
// gordian: path Forward<std::shared_ptr>::links[].to
// gordian: path ListOfLines<std::shared_ptr>::lines[].to
// gordian: path MapOfLines<std::shared_ptr>::lines[key].to
#include "aligned_nodes.h"

int main() {
  make_pair_of<Hash<std::shared_ptr>>();
  make_pair_of<HashOfNames<std::shared_ptr>>();
  make_pair_of<HashOfLines<std::shared_ptr>>();
  make_pair_of<Forward<std::shared_ptr>>();
  make_pair_of<ListOfLines<std::shared_ptr>>();
  make_pair_of<MapOfLines<std::shared_ptr>>();
}
