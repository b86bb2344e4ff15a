// mmap.cpp - mmap(), munmap() and mremap(): what the program maps for itself is noted (process/program_mappings.h).
//
// Each does what the function of its name behind us does, result and errno. libc calls its own past the symbol, and
// we do (base/kernel_map.h).
#include "hooks/mmap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdarg>

#include "base/inside.h"
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

// An allocator's pages hold what was freed as well.
bool is_program(const void* caller) noexcept {
  return tracking() && !in_own_module(reinterpret_cast<Address>(caller)) && !is_allocator_below(caller);
}

Address end_of(Address low, std::size_t size) noexcept {
  return (low + size + page_size() - 1) & ~Address{page_size() - 1};
}

// The kernel has taken what was at [at, at + size) away and put something else there, or nothing.
void note_change(void* at, std::size_t size, bool anonymous) noexcept {
  Inside inside;
  if (!inside) return;
  const int saved = errno;
  const auto low = reinterpret_cast<Address>(at);
  if (anonymous) {
    note_program_mapping(low, end_of(low, size));
  } else {
    forget_program_mapping(low, end_of(low, size));
  }
  errno = saved;
}

bool was_noted(void* at) noexcept {
  Inside inside;
  return inside && is_program_mapping(reinterpret_cast<Address>(at));
}

void* map(const void* caller, void* at, std::size_t size, int protection, int flags, int file, off_t offset) noexcept {
  void* const mapped = next(g_mmap, "mmap")(at, size, protection, flags, file, offset);
  if (mapped == MAP_FAILED || !is_program(caller)) return mapped;
  constexpr int kAnonymous = MAP_ANONYMOUS | MAP_PRIVATE;
  note_change(mapped, size, (flags & (MAP_ANONYMOUS | MAP_TYPE)) == kAnonymous);
  return mapped;
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

// Forgotten before it goes: afterwards it may be another thread's.
GORDIAN_EXPORT int munmap(void* at, std::size_t size) noexcept {
  const auto low = reinterpret_cast<Address>(at);
  if (is_program(__builtin_return_address(0)) && low % page_size() == 0 && size != 0) note_change(at, size, false);
  return next(g_munmap, "munmap")(at, size);
}

GORDIAN_EXPORT void* mremap(void* at, std::size_t size, std::size_t new_size, int flags, ...) noexcept {
  void* new_place = nullptr;
  if ((flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0) {
    va_list more;
    va_start(more, flags);
    new_place = va_arg(more, void*);
    va_end(more);
  }
  const bool noted = is_program(__builtin_return_address(0)) && was_noted(at);
  void* const moved = next(g_mremap, "mremap")(at, size, new_size, flags, new_place);
  if (moved == MAP_FAILED || !noted) return moved;
  if ((flags & MREMAP_DONTUNMAP) == 0) note_change(at, size, false);
  note_change(moved, new_size, true);
  return moved;
}
