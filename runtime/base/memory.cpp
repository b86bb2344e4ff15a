// memory.cpp - see memory.h.
#include "base/memory.h"

#include <atomic>

#include "base/kernel.h"

namespace gordian::rt {
namespace {

constinit std::atomic<std::size_t> g_array_bytes{0};
constinit std::atomic<std::size_t> g_most_array_bytes{0};

constexpr std::size_t kHugePage = std::size_t{2} << 20;

void* map_aligned(std::size_t bytes) noexcept {
  auto* const room = static_cast<char*>(map_pages(bytes + kHugePage));
  if (room == nullptr) return nullptr;
  const std::size_t in_front = (kHugePage - reinterpret_cast<Address>(room) % kHugePage) % kHugePage;
  if (in_front != 0) kernel_munmap(room, in_front);
  kernel_munmap(room + in_front + bytes, kHugePage - in_front);
  return room + in_front;
}

}  // namespace

void count_array_bytes(std::ptrdiff_t change) noexcept {
  const auto by = static_cast<std::size_t>(change);
  const std::size_t now = g_array_bytes.fetch_add(by, std::memory_order_relaxed) + by;
  std::size_t most = g_most_array_bytes.load(std::memory_order_relaxed);
  while (now > most && !g_most_array_bytes.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
}
std::size_t most_array_bytes() noexcept { return g_most_array_bytes.load(std::memory_order_relaxed); }

void* regrow_pages(void* old, std::size_t old_bytes, std::size_t bytes) noexcept {
  constexpr std::size_t kWorthHugePages = 2 * kHugePage;
  if (bytes >= kWorthHugePages) {
    void* const p = map_aligned(bytes);
    // Where the move fails nothing of ours may be left there, and another thread's may be: it is not unmapped.
    const int flags = MREMAP_MAYMOVE | MREMAP_FIXED;
    const bool moved = p != nullptr && (old == nullptr || kernel_mremap(old, old_bytes, bytes, flags, p) != MAP_FAILED);
    if (moved) {
      kernel::madvise(p, bytes, MADV_HUGEPAGE);
      return p;
    }
  }
  // Needs no more room than there is between the two sizes.
  if (old == nullptr) return map_pages(bytes);
  void* const p = kernel_mremap(old, old_bytes, bytes, MREMAP_MAYMOVE);
  return p != MAP_FAILED ? p : nullptr;
}

}  // namespace gordian::rt
