// ring_deleter.cpp - a custom deleter holds the reference that closes the ring.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::next,deleter.other
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

struct KeepsOther {
  std::shared_ptr<Node> other;
  void operator()(Node* node) const { delete node; }
};

int main() {
  auto b = std::make_shared<Node>();                 // (made here)
  std::shared_ptr<Node> a(new Node, KeepsOther{b});  // (made here)
  b->next = a;
}
