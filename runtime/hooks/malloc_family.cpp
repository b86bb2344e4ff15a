// malloc_family.cpp - the C allocation functions, interposed by symbol.
//
// Each does what the function of its name below does, errno included, and notes the block. Names and
// semantics: malloc(3), posix_memalign(3), malloc_usable_size(3).
#include <malloc.h>

#include <cerrno>
#include <cstdint>

#include "base/memory.h"
#include "capture/rule_cache.h"
#include "hooks/allocator_below.h"
#include "hooks/track.h"
#include "process/program_malloc.h"
#include "process/threads.h"
#include "tables/moving_block.h"

#define GORDIAN_EXPORT extern "C" __attribute__((visibility("default")))

using gordian::rt::Contents;
using gordian::rt::g_below;
using gordian::rt::track_block;
using gordian::rt::untrack_block;

GORDIAN_EXPORT void* malloc(std::size_t size) noexcept {
  return track_block<Contents::chance>(g_below.malloc(size), size);
}

GORDIAN_EXPORT void free(void* block) noexcept {
  untrack_block(block);
  g_below.free(block);
}

GORDIAN_EXPORT void* calloc(std::size_t count, std::size_t size) noexcept {
  if (__builtin_expect(size == 1 && count >= gordian::rt::kLeastOfModule, 0)) {
    gordian::rt::note_new_module(reinterpret_cast<gordian::rt::Address>(__builtin_return_address(0)));
  }
  return track_block<Contents::known>(g_below.calloc(count, size), count * size);  // a product that overflows gave null
}

namespace {

// realloc() of a block whose entry that is.
void* move_block(void* block, std::size_t size, std::uint32_t entry) noexcept {
  const auto address = reinterpret_cast<gordian::rt::Address>(block);
  const gordian::rt::MarksOfBlock marks = gordian::rt::marks_of_block(address, entry);
  const gordian::rt::Moving moving(address, entry);
  void* moved = g_below.realloc(block, size);
  if (size == 0) return moved;  // libc has freed it; a block that another gives has no contents
  if (moved == nullptr) {       // the old block lives on
    gordian::rt::g_live.blocks.set(address, entry);  // its size is there still
    return nullptr;
  }
  track_block<Contents::known>(moved, size);
  if (marks.marks != 0) gordian::rt::mark_moved_block(reinterpret_cast<gordian::rt::Address>(moved), marks);
  return moved;
}

}  // namespace

GORDIAN_EXPORT void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return malloc(size);
  const std::uint32_t entry = gordian::rt::g_live.blocks.get(reinterpret_cast<gordian::rt::Address>(block));
  if ((entry & gordian::rt::kLive) == 0) {
    void* const moved = g_below.realloc(block, size);
    return size != 0 ? track_block<Contents::known>(moved, size) : moved;
  }
  void* const moved = move_block(block, size, entry);
  if (__builtin_expect(gordian::rt::t_moving.is_waited_for, 0)) gordian::rt::pause_after_move();
  return moved;
}

// As libc's, which calls the realloc() of an allocator in front of us. That one need not have a reallocarray().
GORDIAN_EXPORT void* reallocarray(void* block, std::size_t count, std::size_t size) noexcept {
  std::size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  const gordian::rt::ProgramMalloc& program = gordian::rt::program_malloc();
  return program.ours ? realloc(block, bytes) : program.realloc(block, bytes);
}

GORDIAN_EXPORT void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return track_block<Contents::chance>(g_below.memalign(alignment, size), size);
}

GORDIAN_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return track_block<Contents::chance>(g_below.aligned_alloc(alignment, size), size);
}

GORDIAN_EXPORT int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  const int error = g_below.posix_memalign(block, alignment, size);
  if (error == 0) track_block<Contents::chance>(*block, size);
  return error;
}

GORDIAN_EXPORT void* valloc(std::size_t size) noexcept {
  return track_block<Contents::chance>(g_below.valloc(size), size);
}
GORDIAN_EXPORT void* pvalloc(std::size_t size) noexcept {
  const std::size_t page = gordian::rt::page_size();
  const std::size_t whole = (size + page - 1) / page * page;  // as is promised
  return track_block<Contents::chance>(g_below.pvalloc(size), whole);
}

// Who asks may use all of it.
GORDIAN_EXPORT std::size_t malloc_usable_size(void* block) noexcept {
  const std::size_t usable = g_below.usable_size(block);
  gordian::rt::set_block_size(reinterpret_cast<gordian::rt::Address>(block), usable);
  return usable;
}
