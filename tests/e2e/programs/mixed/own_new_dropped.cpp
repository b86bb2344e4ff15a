// own_new_dropped.cpp - all objects died where nobody told gordian, in a program whose own operator new takes its memory from malloc().
// gordian: silent
#include "mixed.h"

#include <cstdlib>
#include <new>

// With a header: free() writes into that, and what was an object keeps its vptr.
void* operator new(std::size_t size) {
  void* const block = std::malloc(size + 32);
  if (block == nullptr) throw std::bad_alloc();
  return static_cast<char*>(block) + 32;
}
void operator delete(void* place) noexcept {
  if (place != nullptr) std::free(static_cast<char*>(place) - 32);
}
void operator delete(void* place, std::size_t) noexcept {
  operator delete(place);
}

int main() {
  drop_plain(std::make_shared<Node>());
}
