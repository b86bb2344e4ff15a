// freed_at_unload.cpp - the plugin's own static object is the last owner of a chain, and dlclose() destroys it.
// gordian: silent
// gordian: prints 2 alive
// gordian: prints 0 alive
#include <memory>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
int* alive;

struct Node {
  Node() { ++*alive; }
  virtual ~Node() { --*alive; }
  std::shared_ptr<Node> other;
  std::weak_ptr<Node> back;
};

struct Registry {
  std::shared_ptr<Node> first;
};
Registry registry;

extern "C" void fill(int& count) {
  alive = &count;
  registry.first = std::make_shared<Node>();
  registry.first->other = std::make_shared<Node>();
  registry.first->other->back = registry.first;
}
#else
int main(int, char** argv) {
  const std::string path = library_path(argv[0]);
  void* library = load(path);
  int alive = 0;
  find<void(int&)>(library, "fill")(alive);
  std::printf("%d alive\n", alive);
  unload(library, path);
  std::printf("%d alive\n", alive);
}
#endif
