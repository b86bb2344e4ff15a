// ring_deleter_fixed.cpp - the twin of ring_deleter.cpp: the deleter's object is let go in time.
// gordian: silent
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

struct KeepsOther {
  std::shared_ptr<Node> other;
  void operator()(Node* node) const { delete node; }
};

int main() {
  auto b = std::make_shared<Node>();
  std::shared_ptr<Node> a(new Node, KeepsOther{b});
  b->next = a;
  b->next.reset();
}
