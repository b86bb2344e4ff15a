// ring_local_shared.cpp - a ring of shared_ptrs that a local_shared_ptr once led to.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::next
#include <boost/make_shared.hpp>
#include <boost/smart_ptr/local_shared_ptr.hpp>

struct Node {
  boost::shared_ptr<Node> next;
};

int main() {
  auto a = boost::make_shared<Node>();   // (made here)
  a->next = boost::make_shared<Node>();  // (made here)
  a->next->next = a;
  boost::local_shared_ptr<Node> local(a);
  auto copy = local;
}
