// unlocated_intrusive.cpp - a local that no memory holds owns the first of a list. What points back to it is a plain
// pointer: no cycle, although the two blocks point at each other and no handle to the first is in sight.
// gordian: no cycle
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdlib>

struct Node : boost::intrusive_ref_counter<Node> {
  boost::intrusive_ptr<Node> next;
  Node* back = nullptr;
};

int main() {
  boost::intrusive_ptr<Node> list(new Node);
  list->next = new Node;
  list->next->back = list.get();
  std::exit(0);
}
