// own_new_dropped.cpp - all objects died where nobody told gordian, in a program whose own operator new takes its memory from malloc().
// gordian: silent
#include "mixed.h"

#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  if (void* place = std::malloc(size)) return place;
  throw std::bad_alloc();
}
void operator delete(void* place) noexcept {
  std::free(place);
}
void operator delete(void* place, std::size_t) noexcept {
  std::free(place);
}

int main() {
  drop_plain(std::make_shared<Node>());
}
