// reading.cpp - a graph that is made once and then only read: handles are copied and locked, little is allocated.
//
//   reading STEPS
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

namespace {

struct Node {
  std::vector<std::shared_ptr<Node>> next;
  std::weak_ptr<Node> back;
  unsigned number = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const long steps = argc > 1 ? std::atol(argv[1]) : 20000000;
  std::minstd_rand random(1);
  std::vector<std::shared_ptr<Node>> nodes(10000);
  for (auto& node : nodes) node = std::make_shared<Node>();
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    for (int k = 0; k < 4; ++k) nodes[i]->next.push_back(nodes[i + 1 + random() % (nodes.size() - i - 1)]);
    nodes[i]->back = nodes[i / 2];
  }
  unsigned sum = 0;
  std::shared_ptr<Node> at = nodes[0];
  for (long i = 0; i < steps; ++i) {
    if (at->next.empty()) {
      at = nodes[random() % 100];
    } else if (i % 16 == 0) {
      const auto back = at->back.lock();
      at = back != nullptr ? back : nodes[0];
    } else {
      at = at->next[static_cast<std::size_t>(i) % 4];
    }
    sum += ++at->number;
  }
  return sum == 0;
}
