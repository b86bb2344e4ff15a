// owned_atomic.cpp - a ring of atomic pointers, held by a global one.
// gordian: silent
#include <atomic>
#include <memory>

struct Node {
  std::atomic<std::shared_ptr<Node>> next;
};

auto* const keeper = new std::atomic<std::shared_ptr<Node>>;

int main() {
  auto a = std::make_shared<Node>();
  auto b = std::make_shared<Node>();
  a->next = b;
  b->next.store(a);
  *keeper = a;
}
