// ring_mapped_before_start.cpp - memory that was mapped before main() leads to these rings no more: it was unmapped.
// gordian: exit 23
// gordian: prints 3 mapped
// gordian: cycle proved objects=1 instances=3 of=Child
#include <sys/mman.h>

#include <cstdio>
#include <memory>

#include "early_mappings.h"

struct Child {
  std::shared_ptr<Child> self;
};

__attribute__((noinline)) void put(void* page) {
  auto child = std::make_shared<Child>();
  child->self = child;
  *static_cast<Child**>(page) = child.get();
}

int main() {
  std::printf("%d mapped\n", count_early());
  for (void* page : g_early) {
    put(page);
    munmap(page, kEarlySize);
  }
}
