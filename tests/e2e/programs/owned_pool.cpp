// owned_pool.cpp - rings in a pool, held from within it: by an object, by a vector's buffer, by a raw struct.
// gordian: silent
#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <new>
#include <vector>

struct Node {
  std::shared_ptr<Node> next;
  std::shared_ptr<Node> other;
};

auto* const pool = new std::pmr::monotonic_buffer_resource(8192);
auto* const keeper = new std::shared_ptr<Node>;
auto* const list = new std::pmr::vector<std::shared_ptr<Node>>(pool);
std::shared_ptr<Node>* placed;
void (*volatile leave)(int) = std::exit;

std::shared_ptr<Node> make_node() {
  return std::allocate_shared<Node>(std::pmr::polymorphic_allocator<Node>(pool));
}

std::shared_ptr<Node> make_ring() {
  auto a = make_node();
  auto b = make_node();
  a->next = b;
  b->next = a;
  return a;
}

int main() {
  *keeper = make_node();
  (*keeper)->other = make_ring();
  for (int i = 0; i < 20; ++i) list->push_back(make_ring());
  placed = new (pool->allocate(sizeof *placed)) std::shared_ptr<Node>(make_ring());
  auto behind = std::make_unique<std::shared_ptr<Node>>(make_ring());
  leave(0);
}
