// parent_child.cpp - a parent owns its children, and each child owns its parent.
//
// The most common cycle. gordian names both members, and proposes to cut the one
// that points back: Child::parent.
//
// gordian: prints the parent has 2 children
// gordian: exit 23
// gordian: cycle proved objects=3 of=Child,Parent members=Child::parent,Parent::children cut=Child::parent
#include <cstdio>
#include <memory>
#include <vector>

struct Child;

struct Parent {
  std::vector<std::shared_ptr<Child>> children;
};

struct Child {
  std::shared_ptr<Parent> parent;
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
