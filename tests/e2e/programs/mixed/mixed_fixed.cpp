// mixed_fixed.cpp - the twin of mixed.cpp: the ring is broken in time.
// gordian: prints dead
// gordian: silent
#include "mixed.h"

#include <cstdio>

int main() {
  auto a = std::make_shared<Node>();
  auto b = make_plain();
  a->next = b;
  b->next = a;
  auto ref = observe_plain(a);
  b->next.reset();
  a = b = nullptr;
  std::printf("%s\n", ref.expired() ? "dead" : "alive");
}
