// unreadable_block.cpp - a page of the program's own heap without access: nothing can be told, and the program ends as ever.
// gordian: exit 24
// gordian: prints done
// gordian: any report
// gordian: says cannot be read. Nothing was checked
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
