// ring_intrusive_in_own_vector.cpp - objects that count themselves, in a vector of the program's own.
// gordian: exit 23
// gordian: cycle proved objects=4 instances=1 of=Node members=Node::kids,Node::parent
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include "../own_vector.h"

struct Node : boost::intrusive_ref_counter<Node> {
  virtual ~Node() = default;
  Vector<boost::intrusive_ptr<Node>> kids;
  boost::intrusive_ptr<Node> parent;
};

int main() {
  boost::intrusive_ptr<Node> root(new Node);
  for (int i = 0; i < 3; ++i) {
    boost::intrusive_ptr<Node> kid(new Node);
    kid->parent = root;
    root->kids.push_back(kid);
  }
}
