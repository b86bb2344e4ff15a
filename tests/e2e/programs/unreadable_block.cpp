// unreadable_block.cpp - a page of the program's own heap without access: a ring elsewhere is found, and the report says so.
// gordian: exit 23
// gordian: prints done
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: says 1 block has memory that cannot be read; it counts as owned
// gordian: unless emulated by one that has no process_vm_readv()
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  constexpr std::size_t kPage = 4096;
  auto* pages = static_cast<char*>(std::aligned_alloc(kPage, 3 * kPage));
  mprotect(pages + kPage, kPage, PROT_NONE);
  std::puts("done");
}
