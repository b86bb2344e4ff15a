// allocators.cpp - every allocation function does what it is specified to do.
// gordian: prints done
// gordian: silent
#include <malloc.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#define CHECK(condition) ((condition) ? 0 : std::printf("line %d: not %s\n", __LINE__, #condition))

bool aligned(void* p, std::size_t to) {
  return p != nullptr && reinterpret_cast<std::uintptr_t>(p) % to == 0;
}

int main() {
  volatile std::size_t huge = SIZE_MAX / 2;
  char* text = std::strcpy(static_cast<char*>(std::calloc(10, 10)), "kept");
  CHECK(text[99] == 0 && malloc_usable_size(text) >= 100);
  text = static_cast<char*>(std::realloc(text, 1 << 20));
  CHECK(std::strcmp(text, "kept") == 0);
  CHECK(reallocarray(nullptr, huge, 16) == nullptr);
  void* p = nullptr;
  CHECK(posix_memalign(&p, 3, 10) != 0 && posix_memalign(&p, 4096, 10) == 0);
  void* const blocks[] = {text, p, aligned_alloc(256, 512), memalign(64, 1), valloc(1), pvalloc(1)};
  const std::size_t alignment[] = {16, 4096, 256, 64, 4096, 4096};
  for (int i = 0; i < 6; ++i) {
    CHECK(aligned(blocks[i], alignment[i]));
    std::free(blocks[i]);
  }
  void* const q = operator new(100, std::align_val_t(128));
  CHECK(aligned(q, 128) && operator new(huge, std::nothrow) == nullptr);
  operator delete(q, std::align_val_t(128));
  try {
    std::printf("%p\n", operator new[](huge));
  } catch (const std::bad_alloc&) {
    std::printf("done\n");
  }
}
