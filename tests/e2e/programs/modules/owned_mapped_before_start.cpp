// owned_mapped_before_start.cpp - the only pointer to an owner lies in memory that was mapped before main(), as early as a program can.
// gordian: silent
// gordian: prints 3 mapped

#include <cstdio>
#include <memory>

#include "early_mappings.h"

struct Child;
struct Owner {
  std::shared_ptr<Child> child;
};
struct Child {
  Owner* owner = nullptr;
};

int main() {
  std::printf("%d mapped\n", count_early());
  for (void* page : g_early) {
    auto* owner = new Owner{std::make_shared<Child>()};
    owner->child->owner = owner;
    *static_cast<Owner**>(page) = owner;
  }
}
