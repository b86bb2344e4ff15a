// million_ring.cpp - one ring of a million objects.
// gordian: exit 23
// gordian: cycle proved objects=1000000 instances=1 of=Node members=Node::next
// gordian: within 60 seconds, 2000 megabytes
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

int main() {
  auto first = std::make_shared<Node>();  // (made here)
  auto last = first;
  for (int i = 1; i < 1000000; ++i) {
    last->next = std::make_shared<Node>();  // (made here)
    last = last->next;
  }
  last->next = first;
}
