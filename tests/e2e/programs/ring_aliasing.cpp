// ring_aliasing.cpp - references to parts of an object own the whole of it.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::part_of_other
#include <memory>

struct Node {
  int part = 0;
  std::shared_ptr<int> part_of_other;
};

int main() {
  auto a = std::make_shared<Node>();  // (made here)
  auto b = std::make_shared<Node>();  // (made here)
  a->part_of_other = std::shared_ptr<int>(b, &b->part);
  b->part_of_other = std::shared_ptr<int>(a, &a->part);
}
