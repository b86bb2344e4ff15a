// owned_in_filled_page.cpp - the only pointer to an owner lies in a page that is not there: the program would bring it in again.
// gordian: silent
#include <memory>

#include "filled_pages.h"

struct Child;
struct Owner {
  std::shared_ptr<Child> child;
};
struct Child {
  std::shared_ptr<Child> self;
};

Owner** g_page;
std::uintptr_t g_moved;  // what was in the page, packed

int main() {
  g_page = static_cast<Owner**>(mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  *g_page = new Owner{std::make_shared<Child>()};
  (*g_page)->child->self = (*g_page)->child;
  fill_on_demand(g_page, kPage);
  // Where no userfaultfd is to be had, the page stays.
  if (syscall(SYS_userfaultfd, 1) < 0) return 0;
  g_moved = ~reinterpret_cast<std::uintptr_t>(*g_page);
  madvise(g_page, kPage, MADV_DONTNEED);
}
