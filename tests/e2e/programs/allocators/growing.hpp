// growing.hpp - memory that grows downwards when what lies below is touched, as a stack does, and what may be held there.
#pragma once

#include <sys/mman.h>

#include <cstdlib>
#include <memory>
#include <new>

constexpr std::size_t kPage = 4096;

struct Child;
struct Owner {
  std::shared_ptr<Child> child;
};
struct Child {
  Owner* owner = nullptr;
};

inline Owner* make_owner() {
  auto* owner = new Owner{std::make_shared<Child>()};
  owner->child->owner = owner;
  return owner;
}

// Room for one page more, into which nobody else is likely to map. The kernel wants 256 pages further down, or what cannot be accessed.
inline char* growing() {
  constexpr std::size_t kRoom = 16 * kPage;
  auto* const room = static_cast<char*>(mmap(nullptr, kRoom, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  char* const at = room + kRoom - kPage;
  if (room == MAP_FAILED || munmap(at - kPage, 2 * kPage) != 0) std::abort();
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN;
  if (mmap(at, kPage, PROT_READ | PROT_WRITE, kFlags, -1, 0) != at) std::abort();
  return at;
}
