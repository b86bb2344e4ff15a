// owned_while_unmapping.cpp - the only pointer to an owner lies in memory that munmap() or mremap() was asked for, and has left.
// gordian: silent
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

struct Child;
struct Owner {
  std::shared_ptr<Child> child;
};
struct Child {
  Owner* owner = nullptr;
};

constexpr std::size_t kPage = 4096;

char* mapped(std::size_t pages) {
  void* p = mmap(nullptr, pages * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) std::abort();
  return static_cast<char*>(p);
}

void put(char* at) {
  auto* owner = new Owner{std::make_shared<Child>()};
  owner->child->owner = owner;
  new (at) (Owner*)(owner);
}

void demand(bool condition) {
  if (!condition) std::abort();
}

int main() {
  // More than there is: nothing is unmapped.
  char* too_much = mapped(1);
  put(too_much);
  demand(munmap(too_much, SIZE_MAX / 2 + 1) != 0);
  demand(munmap(too_much, SIZE_MAX - kPage) != 0);
  demand(munmap(too_much + 1, kPage) != 0);
  demand(munmap(too_much, 0) != 0);

  // Of three pages the one in the middle, and part of a page is all of it.
  char* three = mapped(3);
  put(three);
  put(three + 3 * kPage - sizeof(void*));
  demand(munmap(three + kPage, 1) == 0);

  // It cannot grow where it is: nothing moves.
  char* fixed = mapped(2);
  put(fixed);
  demand(mremap(fixed, kPage, 2 * kPage, 0) == MAP_FAILED);
  demand(mremap(fixed, kPage, SIZE_MAX / 2 + 1, MREMAP_MAYMOVE) == MAP_FAILED);

  char* shorter = mapped(4);
  put(shorter);
  demand(mremap(shorter, 4 * kPage, kPage, 0) == shorter);
}
