// arrays_by_copying.cpp - the pages of base/memory.h by mmap() and munmap() alone: ThreadSanitizer does not
// see mremap(), and takes what another thread finds at an address that was moved away for the first one's.
#include <cstring>

#include "base/memory.h"

namespace gordian::rt {

void count_array_bytes(std::ptrdiff_t) noexcept {}

void* regrow_pages(void* old, std::size_t old_bytes, std::size_t bytes) noexcept {
  void* const p = map_pages(bytes);
  if (p == nullptr || old == nullptr) return p;
  std::memcpy(p, old, old_bytes);
  ::munmap(old, old_bytes);
  return p;
}

}  // namespace gordian::rt
