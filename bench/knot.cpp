// knot.cpp - one cycle of N objects, each with three references into it: structure and cuts.   knot [N]
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

struct Node {
  std::shared_ptr<Node> next;
  std::vector<std::shared_ptr<Node>> links;
};

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 100000;
  std::vector<std::shared_ptr<Node>> nodes;
  for (long i = 0; i < count; ++i) nodes.push_back(std::make_shared<Node>());
  unsigned long random = 4711;
  const auto any = [&] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return nodes[(random >> 33) % nodes.size()];
  };
  for (long i = 0; i < count; ++i) {
    nodes[i]->next = nodes[(i + 1) % count];
    nodes[i]->links = {any(), any()};
  }
  std::printf("%ld\n", count);
}
