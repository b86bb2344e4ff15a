// ring_by_hidden_operator_new.cpp - a library's own operator new, which its version script hides. What it has of malloc is seen.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
// gordian: prints from its pool
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
alignas(16) char pool[1 << 12];
std::size_t used = 0;

// Small blocks lie in the library's own pool, others are libc's.
void* operator new(std::size_t size) {
  if (size > 100) return std::malloc(size);
  void* block = pool + used;
  used += (size + 15) & ~std::size_t{15};
  return block;
}
void operator delete(void* block) noexcept {
  const auto at = static_cast<char*>(block);
  if (at < pool || at >= pool + sizeof pool) std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
  long padding[16] = {};
};

std::shared_ptr<Node>* volatile in_pool;

extern "C" int fill() {
  in_pool = new std::shared_ptr<Node>;
  auto node = std::make_shared<Node>();  // (made here)
  node->other = std::make_shared<Node>();  // (made here)
  node->other->other = node;
#ifdef FIXED
  *in_pool = node;
#endif
  return used != 0;
}
#else
int main(int, char** argv) {
  void* library = load(library_path(argv[0]));
  if (find<int()>(library, "fill")()) std::printf("from its pool\n");
}
#endif
