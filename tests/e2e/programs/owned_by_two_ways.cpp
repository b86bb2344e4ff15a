// owned_by_two_ways.cpp - leaves that the same callers have made, each held by a tree that others have.
// gordian: silent
#include <initializer_list>
#include <memory>

struct Leaf {
  long value = 0;
};

struct Tree {
  std::shared_ptr<Leaf> leaf;
  long height = 0;
};

// Never destroyed: what they hold is owned when the program ends.
std::shared_ptr<Tree>* oak;
std::shared_ptr<Tree>* elm;

[[gnu::noinline]] std::shared_ptr<Leaf> make_leaf() {
  auto leaf = std::make_shared<Leaf>();
  leaf->value = 1;
  return leaf;
}

[[gnu::noinline]] void grow(const std::shared_ptr<Tree>& tree) {
  tree->leaf = make_leaf();
  tree->height = 1;
}

[[gnu::noinline]] std::shared_ptr<Tree>* plant() {
  auto* tree = new std::shared_ptr<Tree>(std::make_shared<Tree>());
  return tree;
}

int main() {
  for (auto** tree : {&oak, &elm}) *tree = plant();
  for (auto** tree : {&oak, &elm}) grow(**tree);
  return 0;
}
