// ring_beside_namespace.cpp - a library in a namespace of its own has a libc and a malloc of its own. It lets go of what the
// program made for it.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node members=Node::other
// gordian: prints it calls another malloc
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

struct Node {
  std::shared_ptr<Node> other;
};

#ifdef GORDIAN_LIBRARY
extern "C" void use(std::shared_ptr<Node> (*make)()) {
  auto* kept = new std::shared_ptr<Node>(make());
  delete kept;
}
extern "C" void* its_malloc() { return reinterpret_cast<void*>(std::malloc); }
#else
std::shared_ptr<Node> make() {
  auto node = std::make_shared<Node>();  // (made here)
  node->other = std::make_shared<Node>();  // (made here)
  node->other->other = node;
  return node;
}

template <class Function>
Function* find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

int main(int, char** argv) {
  void* library = dlmopen(LM_ID_NEWLM, (std::string(argv[0]) + ".so").c_str(), RTLD_NOW);
  if (library == nullptr) return std::printf("%s\n", dlerror()), 1;
  void* its_malloc = find<void*()>(library, "its_malloc")();
  std::printf(its_malloc != reinterpret_cast<void*>(std::malloc) ? "it calls another malloc\n" : "it calls ours\n");
  find<void(std::shared_ptr<Node>())>(library, "use")(make);
}
#endif
