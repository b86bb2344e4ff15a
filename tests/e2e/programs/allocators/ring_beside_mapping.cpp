// ring_beside_mapping.cpp - memory from mmap() led to these rings, but does no more: it was unmapped, moved on over,
// overwritten, or given to a file.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=5 of=Child
#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

struct Child {
  std::shared_ptr<Child> self;
};

constexpr std::size_t kPage = 4096;

char* mapped() {
  void* p = mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) std::abort();
  return static_cast<char*>(p);
}

__attribute__((noinline)) void put(char* at) {
  auto child = std::make_shared<Child>();
  child->self = child;
  auto* handle = new (at) std::shared_ptr<Child>(child);
  handle->~shared_ptr();
  new (at) (Child*)(child.get());
}

int main() {
  char* unmapped = mapped();
  put(unmapped);
  munmap(unmapped, kPage);

  char* over = mapped();
  put(over);
  if (mremap(mapped(), kPage, kPage, MREMAP_MAYMOVE | MREMAP_FIXED, over) == MAP_FAILED) std::abort();

  char* overwritten = mapped();
  put(overwritten);
  std::memset(overwritten, 0, kPage);

  char* closed = mapped();
  put(closed);
  if (mprotect(closed, kPage, PROT_NONE) != 0) std::abort();

  char* given = mapped();
  put(given);
  if (mmap(given, kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) std::abort();
}
