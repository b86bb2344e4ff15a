// library_new.cpp - built as a library that replaces operator new, and as the program that needs it: the library's is called as
// without gordian, arrays and nothrow forms included, and a ring made by it is found (tested by e2e.allocators).
#include <cstddef>

#ifdef GORDIAN_LIBRARY
#include <cstdlib>
#include <new>

int g_calls = 0;
extern "C" int calls_of_new() { return g_calls; }

// Not malloc's own address: whoever frees it past our operator delete crashes.
void* operator new(std::size_t size) {
  char* p = static_cast<char*>(std::malloc(size + 16));
  if (p == nullptr) throw std::bad_alloc();
  ++g_calls;
  return p + 16;
}
void operator delete(void* p) noexcept {
  if (p != nullptr) std::free(static_cast<char*>(p) - 16);
}
void operator delete(void* p, std::size_t) noexcept { operator delete(p); }
#else
#include <cstdio>
#include <memory>
#include <new>

extern "C" int calls_of_new();

struct Node {
  std::shared_ptr<Node> self;
};

int main() {
  const int before = calls_of_new();
  delete new int(1);
  delete[] new int[7];
  delete new (std::nothrow) int(2);
  auto node = std::make_shared<Node>();
  node->self = node;
  std::printf("%d\n", calls_of_new() - before);
}
#endif
