// freed_unseen.cpp - blocks freed past gordian, small ones and one whose pages are gone: tables and memory disagree.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
#include "smash.hpp"

extern "C" void __libc_free(void*);
extern "C" void* __libc_malloc(std::size_t);

int main() {
  leak_healthy();
  constexpr std::size_t kSizes[] = {24, 64, 4096, 1 << 20};
  for (const std::size_t size : kSizes) {
    void* const block = std::malloc(size);
    std::memset(block, 1, size);
    __libc_free(block);
  }
  // And the other way round: one that was allocated past it.
  std::free(__libc_malloc(64));
}
