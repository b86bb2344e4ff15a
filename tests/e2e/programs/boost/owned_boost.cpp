// owned_boost.cpp - the same rings, held by globals and by main, and by an array.
// gordian: silent
#include <boost/enable_shared_from_this.hpp>
#include <boost/make_shared.hpp>
#include <boost/weak_ptr.hpp>
#include <cstdlib>

struct Node : boost::enable_shared_from_this<Node> {
  boost::shared_ptr<Node> next;
  boost::weak_ptr<Node> back;
};

boost::shared_ptr<Node> close_ring(const boost::shared_ptr<Node>& a, const boost::shared_ptr<Node>& b) {
  a->next = b->shared_from_this();
  b->next = a;
  b->back = a;
  return b;
}

auto* const keeper = new boost::shared_ptr<Node>[2];
auto* const array = new boost::shared_ptr<boost::shared_ptr<Node>[]>;
void (*volatile leave)(int) = std::exit;

int main() {
  keeper[0] = close_ring(boost::make_shared<Node>(), boost::make_shared<Node>());
  keeper[1] = close_ring(boost::shared_ptr<Node>(new Node), boost::shared_ptr<Node>(new Node));
  *array = boost::make_shared<boost::shared_ptr<Node>[]>(3);
  const std::allocator<Node> allocator;
  (*array)[2] = close_ring(boost::allocate_shared<Node>(allocator), boost::allocate_shared<Node>(allocator));
  auto deleter = [](Node* node) { delete node; };
  auto local =
      close_ring(boost::shared_ptr<Node>(new Node, deleter), boost::shared_ptr<Node>(new Node, deleter));
  leave(0);
}
