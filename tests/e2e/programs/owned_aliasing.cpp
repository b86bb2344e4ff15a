// owned_aliasing.cpp - a leaked reference to a part owns the ring: the twin of ring_aliasing.cpp.
// gordian: silent
#include <memory>

struct Node {
  int part = 0;
  std::shared_ptr<int> part_of_other;
};

std::shared_ptr<int>* keeper;

int main() {
  auto a = std::make_shared<Node>();
  auto b = std::make_shared<Node>();
  a->part_of_other = std::shared_ptr<int>(b, &b->part);
  b->part_of_other = std::shared_ptr<int>(a, &a->part);
  keeper = new std::shared_ptr<int>(a, &a->part);
}
