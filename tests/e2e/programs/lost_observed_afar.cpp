// lost_observed_afar.cpp - an owner is lost; what it holds observes it by raw pointers in blocks of pointers, in bytes, and by handles
// that delete nothing: no cycles.
// gordian: orphan proved instances=1 of=Owner<Bytes>
// gordian: orphan proved instances=1 of=Owner<Values>
// gordian: orphan proved instances=1 of=Owner<Forgotten>
// gordian: orphan proved instances=1 of=Owner<Array>
// gordian: orphan proved instances=1 of=Owner<Pointer>
// gordian: orphan proved instances=1 of=Owner<Lent>
#include <functional>
#include <memory>
#include <string>
#include <valarray>

#include "lost_owner.h"

struct Array {
  Node<Array>** seen = nullptr;
  void observe(Node<Array>* node) { seen = new Node<Array>*[2]{node, nullptr}; }
};
struct Values {
  std::valarray<Node<Values>*> seen;
  void observe(Node<Values>* node) { seen = std::valarray<Node<Values>*>(node, 3); }
};
struct Pointer {
  std::unique_ptr<Node<Pointer>*> seen;
  void observe(Node<Pointer>* node) { seen = std::make_unique<Node<Pointer>*>(node); }
};
struct Bytes {
  std::string seen;
  void observe(Node<Bytes>* node) {
    seen.assign(40, ' ');
    for (int i = 0; i < 5; ++i) seen.replace(8 * i, sizeof node, reinterpret_cast<const char*>(&node), sizeof node);
  }
};
struct Lent {
  struct Nothing {
    void operator()(Node<Lent>*) const {}
  };
  std::unique_ptr<Node<Lent>, Nothing> seen;
  void observe(Node<Lent>* node) { seen.reset(node); }
};
struct Forgotten {
  std::function<long()> seen;
  void observe(Node<Forgotten>* node) {
    seen = [node] { return node->number; };
    seen = nullptr;
  }
};

int main() {
  lose<Array>();
  lose<Bytes>();
  lose<Forgotten>();
  lose<Lent>();
  lose<Pointer>();
  lose<Values>();
}
