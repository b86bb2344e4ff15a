// ring_retains.cpp - what only a cycle holds is told apart from the cycle.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 retained=2 of=Node members=Node::next cut=Node::next
#include <memory>

struct Tail {
  std::shared_ptr<Tail> more;
};

struct Node {
  std::shared_ptr<Node> next;
  std::shared_ptr<Tail> tail;
};

int main() {
  auto a = std::make_shared<Node>();  // (made here)
  auto b = std::make_shared<Node>();  // (made here)
  a->next = b;
  b->next = a;
  b->tail = std::make_shared<Tail>();
  b->tail->more = std::make_shared<Tail>();
}
