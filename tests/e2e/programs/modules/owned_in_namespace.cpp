// owned_in_namespace.cpp - a library in a namespace of its own has a libc and a malloc of its own. What it owns of ours,
// by memory that gordian never saw, stays owned.
// gordian: silent
// gordian: prints it calls another malloc
// gordian: prints 4
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

struct Node {
  std::shared_ptr<Node> other;
};

struct Box {
  std::shared_ptr<Node> node;
};

#ifdef GORDIAN_LIBRARY
struct Context {
  std::shared_ptr<Node> node;
  std::unique_ptr<Box> box;
};
alignas(Box) char node[sizeof(Box)];  // never destroyed
Box* box;
Context* context;

// Both are compiled alike, so an object may pass. Counts are changed by either.
extern "C" void keep(std::shared_ptr<Node> (*make)(), Box* (*put)()) {
  new (node) Box{make()};
  box = put();
  context = new Context{make(), nullptr};
}
// Of these nothing is known.
extern "C" int own_objects() {
  auto one = std::make_shared<Node>();
  one->other = one;
  return int(one.use_count() + context->node.use_count());
}
extern "C" void* its_malloc() { return reinterpret_cast<void*>(std::malloc); }
#else
std::shared_ptr<Node> make() {
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
  return node;
}
Box* put() { return new Box{make()}; }

template <class Function>
Function* find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

int main(int, char** argv) {
  void* library = dlmopen(LM_ID_NEWLM, (std::string(argv[0]) + ".so").c_str(), RTLD_NOW);
  if (library == nullptr) return std::printf("%s\n", dlerror()), 1;
  void* its_malloc = find<void*()>(library, "its_malloc")();
  std::printf(its_malloc != reinterpret_cast<void*>(std::malloc) ? "it calls another malloc\n" : "it calls ours\n");
  find<void(std::shared_ptr<Node>(), Box*())>(library, "keep")(make, put);
  std::printf("%d\n", find<int()>(library, "own_objects")());
}
#endif
