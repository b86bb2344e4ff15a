// mixed.cpp - one object file has the shim and the other has not: a ring of one object of each.
// gordian: prints alive
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::next
#include "mixed.h"

#include <cstdio>

int main() {
  auto a = std::make_shared<Node>();
  auto b = make_plain();
  a->next = b;
  b->next = a;
  auto ref = observe_plain(a);
  a = b = nullptr;
  std::printf("%s\n", ref.expired() ? "dead" : "alive");
}
