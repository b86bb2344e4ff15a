// ring_boost.cpp - boost's pointers, however they are made; observers hide nothing.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=4 of=Node members=Node::next cut=Node::next
// gordian: cycle proved objects=1 instances=1 of=Aligned members=Aligned::self
// gordian: says make it boost::weak_ptr<Node>
#include <boost/enable_shared_from_this.hpp>
#include <boost/make_shared.hpp>
#include <boost/weak_ptr.hpp>
#include <vector>

struct Node : boost::enable_shared_from_this<Node> {
  boost::shared_ptr<Node> next;
  boost::weak_ptr<Node> back;
};

struct Aligned {
  alignas(16) boost::shared_ptr<Aligned> self;
};

auto* const observers = new std::vector<boost::weak_ptr<Node>>;

void close_ring(const boost::shared_ptr<Node>& a, const boost::shared_ptr<Node>& b) {
  a->next = b->shared_from_this();
  b->next = a;
  b->back = a;
}

int main() {
  auto made = boost::make_shared<Node>();        // (made here)
  close_ring(made, boost::make_shared<Node>());  // (made here)
  observers->push_back(made);
  close_ring(boost::shared_ptr<Node>(new Node), boost::shared_ptr<Node>(new Node));  // (made here)
  auto deleter = [](Node* node) { delete node; };
  close_ring(boost::shared_ptr<Node>(new Node, deleter),
             boost::shared_ptr<Node>(new Node, deleter));  // (made here)
  const std::allocator<Node> allocator;
  close_ring(boost::allocate_shared<Node>(allocator),
             boost::allocate_shared<Node>(allocator));  // (made here)
  auto aligned = boost::make_shared<Aligned>();         // (made here)
  aligned->self = aligned;
}
