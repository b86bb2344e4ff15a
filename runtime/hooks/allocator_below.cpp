// allocator_below.cpp - see allocator_below.h. libc has all of these functions.
#include "hooks/allocator_below.h"

#include <dlfcn.h>

#include "hooks/behind.h"
#include "process/jump.h"
#include "process/module_of.h"
#include "process/own_module.h"
#include "process/program_malloc.h"

extern "C" const char* gnu_get_libc_version(void) noexcept;

namespace gordian::rt {
namespace {

// What g_below holds before the first call: finds the functions, then calls the one that is meant.
template <auto kMember>
struct First;
template <class Result, class... Arguments, Result (*AllocatorBelow::*kMember)(Arguments...)>
struct First<kMember> {
  static Result call(Arguments... arguments) {
    find_allocator_below();
    return (g_below.*kMember)(arguments...);
  }
};

constinit AllocatorBelow g_found = {};  // as dlsym() says
constinit const void* g_module = nullptr;  // that they are in; null where it is libc
constinit const void* g_in_front = nullptr;  // the module of one that comes before us; likewise

const void* libc_module() noexcept { return module_of(reinterpret_cast<const void*>(gnu_get_libc_version)); }

template <class Function>
void find(Function*& function, const char* name) noexcept {
  function = reinterpret_cast<Function*>(find_behind(name));
}

// Whether zero bytes are refused by `function`, as oneTBB does at an alignment; errno is its own then.
template <class Function, class... Alignment>
bool refuses_none(Function* function, Alignment... alignment) noexcept {
  void* const block = function(alignment..., 0);
  if (block != nullptr) g_found.free(block);
  return block == nullptr;
}

// realloc(block, 0) may be a way to free, and is left so.
AllocatorBelow with_longer_blocks() noexcept {
  AllocatorBelow longer = g_found;
  longer.malloc = [](std::size_t size) { return g_found.malloc(padded(size)); };
  longer.calloc = [](std::size_t count, std::size_t size) {
    std::size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes >= kShortestBlock) return g_found.calloc(count, size);
    return g_found.calloc(1, kShortestBlock);
  };
  longer.realloc = [](void* block, std::size_t size) { return g_found.realloc(block, size != 0 ? padded(size) : 0); };
  longer.memalign = [](std::size_t alignment, std::size_t size) -> void* {
    if (size == 0 && refuses_none(g_found.memalign, alignment)) return nullptr;
    return g_found.memalign(alignment, padded(size));
  };
  longer.aligned_alloc = [](std::size_t alignment, std::size_t size) -> void* {
    if (size == 0 && refuses_none(g_found.aligned_alloc, alignment)) return nullptr;
    return g_found.aligned_alloc(alignment, padded(size));
  };
  longer.posix_memalign = [](void** block, std::size_t alignment, std::size_t size) {
    return g_found.posix_memalign(block, alignment, padded(size));
  };
  longer.valloc = [](std::size_t size) -> void* {
    if (size == 0 && refuses_none(g_found.valloc)) return nullptr;
    return g_found.valloc(padded(size));
  };
  return longer;
}

}  // namespace

constinit AllocatorBelow g_below = {
    First<&AllocatorBelow::malloc>::call,         First<&AllocatorBelow::free>::call,
    First<&AllocatorBelow::calloc>::call,         First<&AllocatorBelow::realloc>::call,
    First<&AllocatorBelow::memalign>::call,       First<&AllocatorBelow::aligned_alloc>::call,
    First<&AllocatorBelow::posix_memalign>::call, First<&AllocatorBelow::valloc>::call,
    First<&AllocatorBelow::pvalloc>::call,        First<&AllocatorBelow::usable_size>::call,
};

void find_allocator_below() noexcept {
  if (g_found.malloc != nullptr) return;
  find(g_found.free, "free");
  find(g_found.calloc, "calloc");
  find(g_found.realloc, "realloc");
  find(g_found.memalign, "memalign");
  find(g_found.aligned_alloc, "aligned_alloc");
  find(g_found.posix_memalign, "posix_memalign");
  find(g_found.valloc, "valloc");
  find(g_found.pvalloc, "pvalloc");
  find(g_found.usable_size, "malloc_usable_size");
  find(g_found.malloc, "malloc");
  const void* const module = module_of(reinterpret_cast<const void*>(g_found.malloc));
  g_module = module != libc_module() ? module : nullptr;
  g_below = g_module != nullptr ? with_longer_blocks() : g_found;
}

// By the first of its functions whose address is not one in the program. libc's is before ours where we were opened by a
// program that was not linked with us.
void find_allocator_in_front() noexcept {
  if (program_malloc().ours) return;
  constexpr const char* kNames[] = {"malloc", "calloc", "realloc", "free"};
  for (const char* name : kNames) {
    void* const used = ::dlsym(RTLD_DEFAULT, name);
    if (in_own_module(reinterpret_cast<Address>(used))) return;
    if (is_jump(used)) continue;
    const void* const module = module_of(used);
    if (module != libc_module()) g_in_front = module;
    return;
  }
}

bool is_allocator(const void* code) noexcept {
  if (g_module == nullptr && g_in_front == nullptr) return false;
  const void* const module = module_of(code);
  return module != nullptr && (module == g_module || module == g_in_front);
}

}  // namespace gordian::rt
