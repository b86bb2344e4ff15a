// healthy.cpp - N owned objects with children and weak parents: what a clean exit costs.   healthy [N]
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

struct Node {
  std::weak_ptr<Node> parent;
  std::vector<std::shared_ptr<Node>> children;
};

// Leaked on purpose: owned by a global when the program ends, so the check sees all of it.
std::vector<std::shared_ptr<Node>>* g_trees;

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 1000000;
  g_trees = new std::vector<std::shared_ptr<Node>>;
  for (long i = 0; i < count; i += 4) {
    auto root = std::make_shared<Node>();
    for (int k = 0; k < 3; ++k) {
      root->children.push_back(std::make_shared<Node>());
      root->children.back()->parent = root;
    }
    g_trees->push_back(root);
  }
  std::printf("%ld\n", count);
}
