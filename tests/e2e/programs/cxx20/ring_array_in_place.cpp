// ring_array_in_place.cpp - make_shared<T[]>: the control block lies behind the array.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node[] members=Node::next
// gordian: path Node[2]::next
// gordian: path Node[4]::next
#include <memory>

struct Node {
  int number = 0;
  std::shared_ptr<Node[]> next;
};

int main() {
  auto a = std::make_shared<Node[]>(3);  // (made here)
  auto b = std::make_shared<Node[]>(5);  // (made here)
  a[2].next = b;
  b[4].next = a;
}
