// intrusive_tree_fixed.cpp - a child sees its parent, which outlives it, through a plain pointer.
// gordian: silent
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <vector>

struct Node : boost::intrusive_ref_counter<Node> {
  std::vector<boost::intrusive_ptr<Node>> kids;
  Node* parent = nullptr;
};

int main() {
  boost::intrusive_ptr<Node> root(new Node);
  for (int i = 0; i < 2; ++i) {
    boost::intrusive_ptr<Node> kid(new Node);
    kid->parent = root.get();
    root->kids.push_back(kid);
  }
}
