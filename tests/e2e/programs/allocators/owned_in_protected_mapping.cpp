// owned_in_protected_mapping.cpp - the only pointers to owners lie in memory that the program has mapped and filled, and then
// made read-only, or taken access away from.
// gordian: silent
#include <sys/mman.h>

#include <cstdlib>
#include <memory>

struct Child {
  std::shared_ptr<Child> self;
};
struct Owner {
  std::shared_ptr<Child> child = std::make_shared<Child>();
};

constexpr std::size_t kPage = 4096;

void put_owner(int protection) {
  void* p = mmap(nullptr, 3 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) std::abort();
  auto* owner = new Owner;
  owner->child->self = owner->child;
  static_cast<Owner**>(p)[kPage / sizeof(void*)] = owner;
  if (mprotect(p, 3 * kPage, protection) != 0) std::abort();
}

int main() {
  put_owner(PROT_READ);
  put_owner(PROT_NONE);
}
