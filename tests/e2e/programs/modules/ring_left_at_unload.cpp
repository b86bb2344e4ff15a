// ring_left_at_unload.cpp - dlclose() destroys the last owner of a ring, a static object of the plugin's, which makes another.
// gordian: exit 23
// gordian: cycle proved instances=2 of=Node members=Node::other
// gordian: prints 2 alive
// gordian: prints 3 alive
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <memory>

#include "../unload/library.h"

#ifdef GORDIAN_LIBRARY
int* alive;

struct Node {
  Node() { ++*alive; }
  virtual ~Node() { --*alive; }
  std::shared_ptr<Node> other;
};

struct Registry {
  std::shared_ptr<Node> first;
  ~Registry() {
    auto late = std::make_shared<Node>();  // (made here)
    late->other = late;
  }
};
Registry registry;

extern "C" void fill(int& count) {
  alive = &count;
  registry.first = std::make_shared<Node>();  // (made here)
  registry.first->other = std::make_shared<Node>();  // (made here)
  registry.first->other->other = registry.first;
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
