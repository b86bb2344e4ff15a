// untyped_links.cpp - what a tree keeps behind its header, a child and a parent, has no type: either may be cut, and which is told by its offset.
// gordian: exit 23
// gordian: cycle likely objects=2 instances=1 of=Node members=Node::links
// gordian: says cut Node::links -> +0x20: let what it leads to hold std::weak_ptr<Node> instead
// gordian: says cut Node::links -> +0x8: let what it leads to hold std::weak_ptr<Node> instead
#include <memory>

struct Node;
struct Links {
  long id = 0;
  std::shared_ptr<Node> child;
  long more = 0;
#ifdef FIXED
  std::weak_ptr<Node> parent;
#else
  std::shared_ptr<Node> parent;
#endif
};
struct Node {
  void* links = new Links;
  ~Node() { delete static_cast<Links*>(links); }
  Links& at() { return *static_cast<Links*>(links); }
};

int main() {
  auto parent = std::make_shared<Node>();
  auto child = std::make_shared<Node>();
  parent->at().child = child;
  child->at().parent = parent;
}
