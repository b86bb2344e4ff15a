// memory.cpp - see memory.h.
#include "base/memory.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

void* map_aligned(std::size_t bytes) noexcept {
  auto* const room = static_cast<char*>(map_pages(bytes + kHugePage));
  if (room == nullptr) return nullptr;
  const std::size_t in_front = (kHugePage - reinterpret_cast<Address>(room) % kHugePage) % kHugePage;
  if (in_front != 0) ::munmap(room, in_front);
  ::munmap(room + in_front + bytes, kHugePage - in_front);
  return room + in_front;
}

}  // namespace

void* regrow_pages(void* old, std::size_t old_bytes, std::size_t bytes) noexcept {
  constexpr std::size_t kWorthHugePages = 2 * kHugePage;
  void* p = nullptr;
  if (bytes < kWorthHugePages) {
    p = old == nullptr ? map_pages(bytes) : ::mremap(old, old_bytes, bytes, MREMAP_MAYMOVE);
    return p != MAP_FAILED ? p : nullptr;
  }
  p = map_aligned(bytes);
  if (p == nullptr) return nullptr;
  // Where that fails nothing of ours may be left there, and another thread's may be: it is not unmapped.
  if (old != nullptr && ::mremap(old, old_bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, p) == MAP_FAILED) return nullptr;
  ::madvise(p, bytes, MADV_HUGEPAGE);
  return p;
}

}  // namespace gordian::rt
