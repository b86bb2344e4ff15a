// unloaded_modules.cpp - see unloaded_modules.h.
#include "process/unloaded_modules.h"

#include <string.h>

#include <atomic>

#include "machine/addresses.h"
#include "snapshot_format.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

namespace gordian::rt {
namespace {

// A process may have 65530 mappings (vm.max_map_count), and most of them are to stay the program's.
constexpr std::size_t kMostHeld = 4096;
constexpr std::size_t kChunk = 65536;

constinit std::atomic<const UnloadedModule*> g_last{nullptr};
constinit std::atomic<std::uint64_t> g_forgotten{0};
constinit std::size_t g_held = 0;
constinit char* g_chunk = nullptr;
constinit std::size_t g_left = 0;  // in the chunk
constinit Address g_next_place = snapshot::kMovedModules;

Address page_of(Address at) noexcept {
  return at & ~Address{page_size() - 1};
}
Address page_behind(Address at) noexcept {
  return page_of(at + page_size() - 1);
}

}  // namespace

const UnloadedModule* unloaded_modules() noexcept {
  return g_last.load(std::memory_order_acquire);
}

bool add_unloaded_module(const UnloadedModule& row) noexcept {
  void* room = lasting_memory(sizeof row);
  if (room == nullptr) return false;
  auto* added = static_cast<UnloadedModule*>(room);
  *added = row;
  added->next = g_last.load(std::memory_order_relaxed);
  g_last.store(added, std::memory_order_release);
  return true;
}

void* lasting_memory(std::size_t bytes) noexcept {
  bytes = (bytes + 7) & ~std::size_t{7};
  if (bytes > kChunk / 4) return map_pages(bytes);
  if (bytes > g_left) {
    g_chunk = static_cast<char*>(map_pages(kChunk));
    g_left = g_chunk != nullptr ? kChunk : 0;
    if (g_chunk == nullptr) return nullptr;
  }
  void* given = g_chunk;
  g_chunk += bytes;
  g_left -= bytes;
  return given;
}

const char* lasting_copy(const char* text) noexcept {
  const std::size_t size = strlen(text) + 1;
  void* room = lasting_memory(size);
  return room != nullptr ? static_cast<const char*>(memcpy(room, text, size)) : nullptr;
}

// Kernels before 4.17 take the flag for nothing and the address for a wish.
bool hold_addresses(Address low, Address high) noexcept {
  low = page_of(low);
  if (g_held >= kMostHeld) return false;
  const std::size_t size = page_behind(high) - low;
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  void* p = kernel_mmap(reinterpret_cast<void*>(low), size, PROT_NONE, kFlags);
  if (p == MAP_FAILED) return false;
  if (reinterpret_cast<Address>(p) == low) {
    ++g_held;
    return true;
  }
  kernel_munmap(p, size);
  return false;
}

void release_addresses(Address low, Address high) noexcept {
  low = page_of(low);
  kernel_munmap(reinterpret_cast<void*>(low), page_behind(high) - low);
  --g_held;
}

bool is_held(Address at) noexcept {
  for (const UnloadedModule* m = unloaded_modules(); m != nullptr; m = m->next) {
    if (m->fate == UnloadedFate::held && page_of(m->low) <= at && at < page_behind(m->high)) return true;
  }
  return false;
}

// A page between two: a return address may lie behind a module's last byte.
Address place_for_moved(std::size_t size) noexcept {
  const Address place = g_next_place;
  g_next_place = page_behind(place + size) + page_size();
  return place;
}

std::uint64_t forgotten_modules() noexcept {
  return g_forgotten.load(std::memory_order_relaxed);
}
void count_forgotten_module() noexcept {
  g_forgotten.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace gordian::rt
