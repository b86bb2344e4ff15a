// ring_adjacent_announced.cpp - announced handles side by side: each is one pointer, and each counts.
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Node members=Node::one,Node::other
#include "announced.hpp"

struct Node : Announced {
  virtual ~Node() = default;
  Handle<Node> one;
  Handle<Node> other;
};

int main() {
  Handle<Node> a(new Node), b(new Node), c(new Node);  // (made here)
  a->one = b;
  a->other = c;
  b->one = a;
  b->other = a;
  c->one = a;
}
