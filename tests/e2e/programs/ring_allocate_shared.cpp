// ring_allocate_shared.cpp - allocate_shared with an allocator of one's own.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::next
#include <cstdlib>
#include <memory>

template <typename T>
struct Mallocator {
  using value_type = T;
  Mallocator() = default;
  template <typename U>
  Mallocator(const Mallocator<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(std::malloc(n * sizeof(T))); }
  void deallocate(T* p, std::size_t) { std::free(p); }
  bool operator==(const Mallocator&) const { return true; }
  bool operator!=(const Mallocator&) const { return false; }
};

struct Node {
  std::shared_ptr<Node> next;
};

int main() {
  auto a = std::allocate_shared<Node>(Mallocator<Node>());  // (made here)
  auto b = std::allocate_shared<Node>(Mallocator<Node>());  // (made here)
  a->next = b;
  b->next = a;
}
