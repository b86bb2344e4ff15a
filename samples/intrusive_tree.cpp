// intrusive_tree.cpp - nodes that count their references themselves; a child owns its parent.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=3 instances=1 of=Node members=Node::kids,Node::parent cut=Node::parent
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <vector>

struct Node : boost::intrusive_ref_counter<Node> {
  std::vector<boost::intrusive_ptr<Node>> kids;
  boost::intrusive_ptr<Node> parent;
};

int main() {
  boost::intrusive_ptr<Node> root(new Node);
  for (int i = 0; i < 2; ++i) {
    boost::intrusive_ptr<Node> kid(new Node);
    kid->parent = root;
    root->kids.push_back(kid);
  }
}
