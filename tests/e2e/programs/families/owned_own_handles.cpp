// owned_own_handles.cpp - the same without a cycle that leaks: owned, cut, or owned in disguise.
// gordian: silent
// gordian: families own.families
#include "own.hpp"

#include <cstdint>
#include <vector>

struct Node : own::Counted {
  own::Ref<Node> next;
  Node* raw = nullptr;
};

own::Ref<Node> ring() {
  own::Ref<Node> a(new Node);
  own::Ref<Node> b(new Node);
  a->next = b;
  b->next = a;
  b->raw = a.get();
  return a;
}

auto* const owner = new own::Ref<Node>(ring());
std::uintptr_t disguised;

int main() {
  own::Ref<Node> held = ring();
  held->ref();
  disguised = ~reinterpret_cast<std::uintptr_t>(held.get());
  ring()->next = own::Ref<Node>();
  return (*owner)->next.get() != nullptr ? 0 : 1;
}
