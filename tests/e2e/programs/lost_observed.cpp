// lost_observed.cpp - an owner is lost; what it holds observes it by raw pointers in unions and where a vector's elements were: no cycles.
// gordian: orphan proved instances=1 of=Owner<Cleared>
// gordian: orphan proved instances=1 of=Owner<Variant>
// gordian: orphan proved instances=1 of=Owner<Optional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "lost_owner.h"

struct Cleared {
  std::vector<Node<Cleared>*> seen;
  void observe(Node<Cleared>* node) {
    seen.push_back(node);
    seen.clear();
  }
};
struct Optional {
  std::optional<Node<Optional>*> seen;
  void observe(Node<Optional>* node) { seen = node; }
};
struct Variant {
  std::variant<int, Node<Variant>*> seen;
  void observe(Node<Variant>* node) { seen = node; }
};

int main() {
  lose<Cleared>();
  lose<Optional>();
  lose<Variant>();
}
