// plain.cpp - compiled without the shim; see mixed.cpp.
#include "mixed.h"

std::shared_ptr<Node> make_plain() {
  return std::make_shared<Node>();
}

std::weak_ptr<Node> observe_plain(const std::shared_ptr<Node>& node) {
  return node;
}

void drop_plain(std::shared_ptr<Node>&& node) {
  node.reset();
}

// Leaves the handles' words in what the vector has room for.
void clear_plain(std::vector<std::shared_ptr<Node>>& nodes) {
  nodes.clear();
}
