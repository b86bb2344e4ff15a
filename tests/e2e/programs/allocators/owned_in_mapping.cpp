// owned_in_mapping.cpp - the only pointer to an owner lies in memory from mmap(): grown by mremap(), opened by mprotect(), the
// buffer of a std::pmr resource, or at the end of a reservation that is never used otherwise.
// gordian: silent
// gordian: within 60 seconds, 200 megabytes
#include <sys/mman.h>

#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <new>
#include <vector>

struct Child;
struct Owner {
  std::shared_ptr<Child> child;
};
struct Child {
  Owner* owner = nullptr;
};

Owner* make_owner() {
  auto* owner = new Owner{std::make_shared<Child>()};
  owner->child->owner = owner;
  return owner;
}

constexpr std::size_t kPage = 4096;

char* mapped(std::size_t size, int protection) {
  void* p = mmap(nullptr, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) std::abort();
  return static_cast<char*>(p);
}

void put(char* at) { new (at) (Owner*)(make_owner()); }

int main() {
  put(mapped(kPage, PROT_READ | PROT_WRITE) + 64);

  char* grown = mapped(kPage, PROT_READ | PROT_WRITE);
  put(grown);
  void* room = mapped(64 * kPage, PROT_NONE);
  munmap(room, 64 * kPage);
  if (mremap(grown, kPage, 32 * kPage, MREMAP_MAYMOVE | MREMAP_FIXED, room) == MAP_FAILED) std::abort();

  char* opened = mapped(16 * kPage, PROT_NONE);
  if (mprotect(opened + 4 * kPage, kPage, PROT_READ | PROT_WRITE) != 0) std::abort();
  put(opened + 4 * kPage);

  constexpr std::size_t kReserved = std::size_t{20} << 30;
  char* reserved = mapped(kReserved, PROT_READ | PROT_WRITE);
  put(reserved + kReserved - kPage);
  put(reserved);

  auto* buffer = new std::pmr::monotonic_buffer_resource(mapped(kPage, PROT_READ | PROT_WRITE), kPage);
  auto* owners = new (buffer->allocate(sizeof(std::pmr::vector<Owner*>))) std::pmr::vector<Owner*>(buffer);
  owners->push_back(make_owner());
}
