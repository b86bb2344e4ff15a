// parent_child_fixed.cpp - parent_child.cpp, repaired: a child sees its parent, and does not own it.
//
// Whoever has a Child must have its Parent too, so the pointer back is weak.
// gordian prints nothing.
//
// gordian: prints the parent has 2 children
// gordian: silent
#include <cstdio>
#include <memory>
#include <vector>

struct Child;

struct Parent {
  std::vector<std::shared_ptr<Child>> children;
};

struct Child {
  std::weak_ptr<Parent> parent;
};

void add_child(const std::shared_ptr<Parent>& parent) {
  auto child = std::make_shared<Child>();
  child->parent = parent;
  parent->children.push_back(child);
}

int main() {
  auto parent = std::make_shared<Parent>();
  add_child(parent);
  add_child(parent);
  std::printf("the parent has %zu children\n", parent->children.size());
}
