// large_heap.cpp - a hundred million blocks and twenty gigabytes: one ring among them is lost, the one that the last block leads
// to is owned. An argument sets another number of millions; a second one, of gigabytes in large blocks that are never written.
// gordian: exit 23
// gordian: prints 100 million blocks, 20 gigabytes
// gordian: within 1000 seconds, 9000 megabytes
// gordian: cycle proved objects=2 instances=1 of=Node
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Node {
  std::shared_ptr<Node> other;
};
struct Link {
  Link* next;
  std::shared_ptr<Node> node;
};

std::shared_ptr<Node> make_ring() {
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
  return node;
}

Link* g_first = nullptr;
void** g_large = nullptr;

int main(int count, char** arguments) {
  const long millions = count > 1 ? std::atol(arguments[1]) : 100;
  const long gigabytes = count > 2 ? std::atol(arguments[2]) : 20;
  for (long i = 0; i < millions * 1000000; ++i) {
    Link* last = g_first;
    g_first = new Link{last, nullptr};
  }
  Link* deepest = g_first;
  while (deepest->next != nullptr) deepest = deepest->next;
  deepest->node = make_ring();
  make_ring();
  // The list takes 32 bytes a block.
  for (long i = 0; i < gigabytes * 10 - millions * 32 / 100; ++i) {
    void** large = static_cast<void**>(std::malloc(100000000));
    *large = g_large;
    g_large = large;
  }
  std::printf("%ld million blocks, %ld gigabytes\n", millions, gigabytes);
}
