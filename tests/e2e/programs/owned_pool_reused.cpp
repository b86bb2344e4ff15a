// owned_pool_reused.cpp - a pool's memory, used again for words where objects died or were dropped.
// gordian: silent
#include <memory>
#include <memory_resource>
#include <new>
#include <vector>

struct Node {
  std::shared_ptr<Node> next;
  long filler[8] = {};
};

alignas(16) char* const memory = new char[16384];
auto* const keeper = new std::vector<std::shared_ptr<Node>>;

int main() {
  {
    std::pmr::monotonic_buffer_resource pool(memory, 8192, std::pmr::null_memory_resource());
    std::vector<std::shared_ptr<Node>> nodes;
    for (int i = 0; i < 20; ++i) {
      nodes.push_back(std::allocate_shared<Node>(std::pmr::polymorphic_allocator<Node>(&pool)));
    }
    for (int i = 0; i < 20; i += 2) nodes[i].reset();
    // The others are dropped with the pool, and never destroyed.
    new (memory + 8192) std::vector<std::shared_ptr<Node>>(std::move(nodes));
  }
  // Handles between the remains.
  for (int i = 0; i < 40; ++i) {
    auto node = std::make_shared<Node>();
    node->next = node;
    new (memory + i * 128 + 48) std::shared_ptr<Node>(node);
  }
}
