// ring_past_malloc.cpp - a program whose own operator new takes its memory from elsewhere than malloc(): gordian cannot tell, and says so.
#include <cstddef>
#include <cstdio>
#include <memory>
#include <new>

alignas(16) std::byte arena[1 << 20];  // more than the C++ library takes
std::size_t used = 0;

void* operator new(std::size_t size) {
  void* const place = arena + used;
  used += (size + 15) / 16 * 16;
  if (used > sizeof arena) throw std::bad_alloc();
  return place;
}
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

struct Node {
  std::shared_ptr<Node> next;
};

int main() {
  auto a = std::make_shared<Node>();
  auto b = std::make_shared<Node>();
  a->next = b;
  b->next = a;
  std::puts("alive");
}
