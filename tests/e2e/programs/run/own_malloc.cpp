// own_malloc.cpp - a program, or a library to preload, with an allocator of its own.
#include <cstddef>

extern "C" void* __libc_malloc(std::size_t size);
extern "C" void __libc_free(void* block);

extern "C" void* malloc(std::size_t size) {
  return __libc_malloc(size);
}
extern "C" void free(void* block) {
  __libc_free(block);
}

int main() {
  free(malloc(1));
}
