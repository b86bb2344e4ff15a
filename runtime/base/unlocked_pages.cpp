// unlocked_pages.cpp - map_unlocked_pages() of memory.h.
#include "base/kernel.h"
#include "base/memory.h"

namespace gordian::rt {

// What nobody may access does not come into memory. A mapping that grows is as it was: not locked, and bound by no limit of
// what may be. So it begins with one page.
void* map_unlocked_pages(std::size_t bytes, int protection, int flags) noexcept {
  void* const page = kernel_mmap(nullptr, page_size(), PROT_NONE, flags);
  if (page == MAP_FAILED) return page;
  kernel::call(SYS_munlock, page, page_size());
  void* const pages = kernel_mremap(page, page_size(), bytes, MREMAP_MAYMOVE);
  if (pages == MAP_FAILED) {
    kernel_munmap(page, page_size());
    return pages;
  }
  if (kernel::call(SYS_mprotect, pages, bytes, protection) == 0) return pages;
  kernel_munmap(pages, bytes);
  return MAP_FAILED;
}

}  // namespace gordian::rt
