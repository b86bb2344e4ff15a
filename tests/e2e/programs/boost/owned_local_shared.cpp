// owned_local_shared.cpp - local_shared_ptr counts its handles elsewhere, and makes its object own itself.
// gordian: silent
#include <boost/make_shared.hpp>
#include <boost/smart_ptr/make_local_shared.hpp>
#include <cstdlib>

struct Node {
  boost::shared_ptr<Node> next;
};

auto* const made = new boost::local_shared_ptr<Node>;
auto* const adopted = new boost::local_shared_ptr<Node>;
auto* const ring = new boost::local_shared_ptr<Node>;
void (*volatile leave)(int) = std::exit;

int main() {
  *made = boost::make_local_shared<Node>();
  *adopted = boost::local_shared_ptr<Node>(new Node);
  auto node = boost::make_shared<Node>();
  node->next = node;
  *ring = node;
  node.reset();
  auto local = boost::make_local_shared<Node>();
  leave(0);
}
