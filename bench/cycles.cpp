// cycles.cpp - N objects in N/3 equal cycles of three: what grouping costs.   cycles [N]
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 1000000;
  for (long i = 0; i < count; i += 3) {
    auto a = std::make_shared<Node>();
    auto b = std::make_shared<Node>();
    auto c = std::make_shared<Node>();
    a->next = b;
    b->next = c;
    c->next = a;
  }
  std::printf("%ld\n", count);
}
