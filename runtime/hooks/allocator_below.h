// allocator_below.h - whose memory the hooks hand on: that of the next malloc behind ours.
//
// Mostly libc's; of a program that is linked with jemalloc, tcmalloc or mimalloc, or has one preloaded, that
// library's. Every function is passed to the one of its own name, so results, errno and what may be mixed with what
// are as without us.
//
// Invariant: once a block was handed out the table does not change. It is filled by the first call, which the loader
// makes before any constructor; until then each entry is a function that fills it.
#pragma once

#include <cstddef>

namespace gordian::rt {

struct AllocatorBelow {
  void* (*malloc)(std::size_t size);
  void (*free)(void* block);
  void* (*calloc)(std::size_t count, std::size_t size);
  void* (*realloc)(void* block, std::size_t size);
  void* (*memalign)(std::size_t alignment, std::size_t size);
  void* (*aligned_alloc)(std::size_t alignment, std::size_t size);
  int (*posix_memalign)(void** block, std::size_t alignment, std::size_t size);
  void* (*valloc)(std::size_t size);
  void* (*pvalloc)(std::size_t size);
  std::size_t (*usable_size)(void* block);
};
extern AllocatorBelow g_below;

// Fills the table, should no call have done so.
void find_allocator_below() noexcept;

// Looks for one that comes before us. Then nothing is checked (start/check.cpp), but it maps memory by our mmap().
void find_allocator_in_front() noexcept;

// Whether `code` is a part of either, and it is not libc.
bool is_allocator(const void* code) noexcept;

// No block of libc's is shorter, and the table of live blocks counts on that; those of another are asked for so.
inline constexpr std::size_t kShortestBlock = 32;
inline std::size_t padded(std::size_t size) noexcept { return size < kShortestBlock ? kShortestBlock : size; }

}  // namespace gordian::rt
