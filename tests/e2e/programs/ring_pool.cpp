// ring_pool.cpp - rings in a pool that is alive, beside an object of the same pool that is owned.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=3 of=Node members=Node::next cut=Node::next
#include <memory>
#include <memory_resource>

struct Node {
  std::shared_ptr<Node> next;
  long number = 0;
};

auto* const pool = new std::pmr::monotonic_buffer_resource(4096);
auto* const keeper = new std::shared_ptr<Node>;

std::shared_ptr<Node> make_node() {
  return std::allocate_shared<Node>(std::pmr::polymorphic_allocator<Node>(pool));  // (made here)
}

void make_ring() {
  auto a = make_node();
  make_node();  // dead: it leaves its remains between the others
  auto b = make_node();
  a->next = b;
  b->next = a;
}

int main() {
  make_ring();
  *keeper = make_node();
  make_ring();
  (*keeper)->next = make_node();
  make_ring();
}
