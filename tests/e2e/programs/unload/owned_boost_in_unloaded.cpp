// owned_boost_in_unloaded.cpp - the program owns boost's control blocks of an unloaded library.
// gordian: silent
#include <boost/make_shared.hpp>
#include <boost/shared_ptr.hpp>

#include "library.h"

#ifdef GORDIAN_LIBRARY
struct Node {
  boost::shared_ptr<Node> other;
};

extern "C" void make(boost::shared_ptr<void>& owner) {
  auto node = boost::make_shared<Node>();
  node->other = boost::shared_ptr<Node>(new Node, [](Node* n) { delete n; });
  node->other->other = node;
  owner = node;
}
#else
boost::shared_ptr<void>* owner;  // never destroyed: the code that could is gone

int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  owner = new boost::shared_ptr<void>;
  find<void(boost::shared_ptr<void>&)>(library, "make")(*owner);
  unload(library, path);
}
#endif
