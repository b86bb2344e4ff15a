// malloc_family.cpp - the C allocation functions, interposed by symbol.
//
// Each does what glibc's does, errno included, and notes the block. Names and
// semantics: malloc(3), posix_memalign(3).
#include <malloc.h>

#include <cerrno>
#include <cstdint>

#include "base/memory.h"
#include "hooks/libc_allocator.h"
#include "hooks/track.h"

#define GORDIAN_EXPORT extern "C" __attribute__((visibility("default")))

using gordian::rt::Contents;
using gordian::rt::track_block;
using gordian::rt::untrack_block;

GORDIAN_EXPORT void* malloc(std::size_t size) noexcept { return track_block<Contents::chance>(__libc_malloc(size), size); }

GORDIAN_EXPORT void free(void* block) noexcept {
  untrack_block(block);
  __libc_free(block);
}

GORDIAN_EXPORT void* calloc(std::size_t count, std::size_t size) noexcept {
  return track_block<Contents::known>(__libc_calloc(count, size), count * size);  // a product that overflows gave null
}

GORDIAN_EXPORT void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return malloc(size);
  const auto address = reinterpret_cast<gordian::rt::Address>(block);
  const std::uint32_t found = gordian::rt::g_live.blocks.get(address);
  const std::uint32_t entry = (found & gordian::rt::kLive) != 0 ? found : 0;
  untrack_block(block);
  void* moved = __libc_realloc(block, size);
  if (moved == nullptr && size != 0) {  // the old block lives on; realloc(p, 0) freed it
    if (entry != 0) gordian::rt::g_live.blocks.set(address, entry);  // its size is there still
    return nullptr;
  }
  track_block<Contents::known>(moved, size);
  const std::uint32_t marks = entry & (gordian::rt::kIgnored | gordian::rt::kWatched);
  if (marks != 0) gordian::rt::mark_block(reinterpret_cast<gordian::rt::Address>(moved), marks);
  return moved;
}

GORDIAN_EXPORT void* reallocarray(void* block, std::size_t count, std::size_t size) noexcept {
  std::size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return realloc(block, bytes);
}

GORDIAN_EXPORT void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return track_block<Contents::chance>(__libc_memalign(alignment, size), size);
}

GORDIAN_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return track_block<Contents::chance>(__libc_memalign(alignment, size), size);
}

GORDIAN_EXPORT int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  const bool power_of_two = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!power_of_two || alignment % sizeof(void*) != 0) return EINVAL;
  const int saved = errno;  // posix_memalign reports by its result alone
  void* p = __libc_memalign(alignment, size);
  errno = saved;
  if (p == nullptr) return ENOMEM;
  *block = track_block<Contents::chance>(p, size);
  return 0;
}

GORDIAN_EXPORT void* valloc(std::size_t size) noexcept { return track_block<Contents::chance>(__libc_valloc(size), size); }
GORDIAN_EXPORT void* pvalloc(std::size_t size) noexcept {
  const std::size_t page = gordian::rt::page_size();
  return track_block<Contents::chance>(__libc_pvalloc(size), (size + page - 1) / page * page);  // whole pages are promised
}
