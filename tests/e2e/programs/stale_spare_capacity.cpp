// stale_spare_capacity.cpp - the twin: a global vector's spare capacity shows the ring, and owns nothing.
// gordian: prints 0
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::edges
#include <cstdio>
#include <memory>
#include <vector>

struct Node {
  std::vector<std::shared_ptr<Node>> edges;
};

auto* const queue = new std::vector<std::shared_ptr<Node>>;

int main() {
  auto a = std::make_shared<Node>();  // (made here)
  auto b = std::make_shared<Node>();  // (made here)
  a->edges.push_back(b);
  b->edges = {a};
  queue->push_back(a);
  queue->push_back(b);
  queue->clear();
  std::printf("%zu\n", queue->size());
}
