// owned_announced.cpp - announced objects that somebody owns, that are gone, or that nobody has taken yet.
// gordian: silent
#include "announced.hpp"

#include <cstdlib>

struct Node : Announced {
  Handle<Node> next;
};

Handle<Node> ring() {
  Handle<Node> a(new Node);
  a->next = Handle<Node>(new Node);
  a->next->next = a;
  return a;
}

auto* const owner = new Handle<Node>(ring());
Node* floating;

int main() {
  const Handle<Node> local = ring();
  ring()->next->next = Handle<Node>();
  floating = new Node;
  std::exit((*owner)->next.get() != nullptr && local.get() != nullptr ? 0 : 1);
}
