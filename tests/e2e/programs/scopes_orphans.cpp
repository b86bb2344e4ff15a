// scopes_orphans.cpp - where orphans fail, a scope is blamed for what it lost, and not for what somebody holds.
// gordian: exit 23
// gordian: orphan proved instances=1 of=Lost
// gordian: options fail_on=orphans
// gordian: prints loses an object 1
// gordian: prints keeps an object 0
#include <gordian/gordian.h>

#include <cstdio>
#include <memory>

struct Lost {
  int value[4] = {};
};

auto& keeper = *new std::shared_ptr<Lost>;

template <class Body>
void scope(const char* name, Body body) {
  const int level = gordian_scope_begin();
  body();
  std::printf("%s %d\n", name, gordian_scope_end(level));
}

// Volatile, or the optimiser drops the stores to memory that nobody reads.
std::shared_ptr<Lost>* volatile reference;

__attribute__((noinline)) void lose() {
  reference = new std::shared_ptr<Lost>(std::make_shared<Lost>());  // (made here)
  reference = nullptr;
}

int main() {
  scope("loses an object", [] { lose(); });
  scope("keeps an object", [] { keeper = std::make_shared<Lost>(); });
}
