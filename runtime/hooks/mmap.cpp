// mmap.cpp - mmap(), munmap() and mremap(): what the program maps for itself is noted (process/program_mappings.h).
//
// Each does what the function of its name behind us does, result and errno. libc calls its own past the symbol, and
// we do (base/kernel_map.h).
#include "hooks/mmap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdarg>

#include "hooks/allocator_below.h"
#include "hooks/behind.h"
#include "process/own_module.h"
#include "process/program_mappings.h"
#include "start/state.h"

#define GORDIAN_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

using namespace gordian::rt;

template <class Function>
Function* next(Function*& known, const char* name) noexcept {
  Function* function = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (function == nullptr) {
    function = reinterpret_cast<Function*>(find_behind(name));
    __atomic_store_n(&known, function, __ATOMIC_RELAXED);
  }
  return function;
}

using Mmap = void*(void*, std::size_t, int, int, int, off_t);
using Munmap = int(void*, std::size_t);
using Mremap = void*(void*, std::size_t, std::size_t, int, void*);
constinit Mmap* g_mmap = nullptr;
constinit Munmap* g_munmap = nullptr;
constinit Mremap* g_mremap = nullptr;

// An allocator's pages hold what was freed as well. And it maps them with its lock in hand, for which a fork() may wait that
// has ours.
bool is_program(const void* caller) noexcept {
  return tracking() && !in_own_module(reinterpret_cast<Address>(caller)) && !is_allocator(caller);
}

// Where the pages of [low, low + size) end; `low` where there are none that the kernel would take.
Address end_of(Address low, std::size_t size) noexcept {
  const Address end = (low + size + page_size() - 1) & ~Address{page_size() - 1};
  return low % page_size() == 0 && end > low ? end : low;
}

// The kernel has put something else at [at, at + size).
void note_change(void* at, std::size_t size, bool anonymous) noexcept {
  const int saved = errno;
  const auto low = reinterpret_cast<Address>(at);
  if (anonymous) {
    note_program_mapping(low, end_of(low, size));
  } else {
    forget_program_mapping(low, end_of(low, size));
  }
  errno = saved;
}

void* map(const void* caller, void* at, std::size_t size, int protection, int flags, int file, off_t offset) noexcept {
  void* const mapped = next(g_mmap, "mmap")(at, size, protection, flags, file, offset);
  if (mapped == MAP_FAILED || !is_program(caller)) return mapped;
  constexpr int kAnonymous = MAP_ANONYMOUS | MAP_PRIVATE;
  note_change(mapped, size, (flags & (MAP_ANONYMOUS | MAP_TYPE)) == kAnonymous);
  if ((flags & MAP_GROWSDOWN) != 0) doubt_program_mappings();  // the kernel makes it larger when what lies below is touched
  return mapped;
}

int unmap(void* at, std::size_t size) noexcept {
  const auto low = reinterpret_cast<Address>(at);
  const Address high = end_of(low, size);
  const Leave leave = begin_unmapping(low, high);
  const int result = next(g_munmap, "munmap")(at, size);
  const int saved = errno;
  if (leave != Leave::none) end_unmapping(leave, low, high, result == 0);
  errno = saved;
  return result;
}

void* move(void* at, std::size_t size, std::size_t new_size, int flags, void* new_place) noexcept {
  const auto low = reinterpret_cast<Address>(at);
  const AddressRange from = {low, end_of(low, size)};
  const Leave leave = begin_moving(from.low, from.high);
  void* const moved = next(g_mremap, "mremap")(at, size, new_size, flags, new_place);
  const int saved = errno;
  const auto to = reinterpret_cast<Address>(moved);
  const AddressRange now = {to, moved != MAP_FAILED ? end_of(to, new_size) : to};
  if (leave != Leave::none) end_moving(leave, from, now, (flags & MREMAP_DONTUNMAP) != 0);
  errno = saved;
  return moved;
}

}  // namespace

void gordian::rt::find_mapping_functions() noexcept {
  next(g_mmap, "mmap");
  next(g_munmap, "munmap");
  next(g_mremap, "mremap");
}

GORDIAN_EXPORT void* mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset) noexcept {
  return map(__builtin_return_address(0), at, size, protection, flags, file, offset);
}
GORDIAN_EXPORT void* mmap64(void* at, std::size_t size, int protection, int flags, int file, off_t offset) noexcept {
  return map(__builtin_return_address(0), at, size, protection, flags, file, offset);
}

GORDIAN_EXPORT int munmap(void* at, std::size_t size) noexcept {
  return is_program(__builtin_return_address(0)) ? unmap(at, size) : next(g_munmap, "munmap")(at, size);
}

GORDIAN_EXPORT void* mremap(void* at, std::size_t size, std::size_t new_size, int flags, ...) noexcept {
  void* new_place = nullptr;
  if ((flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0) {
    va_list more;
    va_start(more, flags);
    new_place = va_arg(more, void*);
    va_end(more);
  }
  if (is_program(__builtin_return_address(0))) return move(at, size, new_size, flags, new_place);
  return next(g_mremap, "mremap")(at, size, new_size, flags, new_place);
}
