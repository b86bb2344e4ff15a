// ring_atomic.cpp - std::atomic<std::shared_ptr>.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node
#include <atomic>
#include <memory>

struct Node {
  std::atomic<std::shared_ptr<Node>> next;
};

int main() {
  auto a = std::make_shared<Node>();  // (made here)
  auto b = std::make_shared<Node>();  // (made here)
  a->next = b;
  b->next.store(a);
  b->next.compare_exchange_strong(b, a);
}
