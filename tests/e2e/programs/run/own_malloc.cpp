// own_malloc.cpp - a program, or a library to preload, with an allocator of its own.
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

extern "C" void* __libc_malloc(std::size_t size);
extern "C" void __libc_free(void* block);

static bool called = false;

extern "C" void* malloc(std::size_t size) {
  called = true;
  return __libc_malloc(size);
}
extern "C" void free(void* block) {
  __libc_free(block);
}

__attribute__((destructor)) static void tell() {
  constexpr char kText[] = "own malloc was called\n";
  if (called && std::getenv("TELL_OF_MALLOC") != nullptr) (void)!write(2, kText, sizeof kText - 1);
}

int main() {
  free(malloc(1));
}
