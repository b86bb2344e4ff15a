// owned_beyond_size.cpp - who asks for malloc_usable_size() may use all of a block: an owner's only pointer may lie behind the bytes
// that were asked for. Another such pointer is gone again.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Child
#include <malloc.h>

#include <cstdlib>
#include <memory>
#include <new>

struct Child {
  std::shared_ptr<Child> self;
};

char* volatile g_blocks[2];

char* block_with_ring() {
  auto child = std::make_shared<Child>();
  child->self = child;
  constexpr std::size_t kAsked = 20;
  char* block = static_cast<char*>(std::malloc(kAsked));
  if (malloc_usable_size(block) < 24) std::abort();
  new (block) void*[2]{};
  new (block + 16) void*(new std::shared_ptr<Child>(child));
  return block;
}

int main() {
  g_blocks[0] = block_with_ring();
  g_blocks[1] = block_with_ring();
  void** handle = reinterpret_cast<void**>(g_blocks[1] + 16);
  delete static_cast<std::shared_ptr<Child>*>(*handle);
  *handle = nullptr;
}
