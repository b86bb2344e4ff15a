// owned_in_unloaded.cpp - the program owns what an unloaded library has made.
// gordian: silent
#include <memory>

#include "library.h"

#ifdef GORDIAN_LIBRARY
struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
};

extern "C" void make(std::shared_ptr<void>& owner) {
  auto node = std::make_shared<Node>();
  node->other = std::shared_ptr<Node>(new Node, [](Node* n) { delete n; });
  node->other->other = node;
  owner = node;
}
#else
std::shared_ptr<void>* owner;  // never destroyed: the code that could is gone

int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  owner = new std::shared_ptr<void>;
  find<void(std::shared_ptr<void>&)>(library, "make")(*owner);
  unload(library, path);
}
#endif
