// ring_bound_deeply.cpp - a library that is opened with RTLD_DEEPBIND calls libc's malloc past gordian, and leaks what it
// has made with new.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
// gordian: prints it calls another malloc
#include <memory>

#include "../unload/library.h"

using Allocate = void*(std::size_t);

#ifdef GORDIAN_LIBRARY
struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
};

void* kept;

extern "C" void fill() {
  kept = std::malloc(100);
  auto node = std::make_shared<Node>();  // (made here)
  node->other = std::make_shared<Node>();  // (made here)
  node->other->other = node;
}
extern "C" Allocate* its_malloc() { return std::malloc; }
#else
int main(int, char** argv) {
  void* library = dlopen(library_path(argv[0]).c_str(), RTLD_NOW | RTLD_DEEPBIND);
  find<void()>(library, "fill")();
  Allocate* its_malloc = find<Allocate*()>(library, "its_malloc")();
  std::printf(its_malloc != static_cast<Allocate*>(std::malloc) ? "it calls another malloc\n" : "it calls ours\n");
}
#endif
