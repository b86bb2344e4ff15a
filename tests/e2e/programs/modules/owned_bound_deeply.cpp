// owned_bound_deeply.cpp - a library that is opened with RTLD_DEEPBIND calls libc's malloc past gordian. What it has
// allocated so owns objects, and blocks are freed on the other side.
// gordian: silent
// gordian: prints it calls another malloc
// gordian: prints abc abc abc
#include <cstring>
#include <memory>
#include <new>

#include "../unload/library.h"

using Allocate = void*(std::size_t);
using Free = void(void*);

#ifdef GORDIAN_LIBRARY
struct Node {
  virtual ~Node() = default;
  std::shared_ptr<Node> other;
};

std::shared_ptr<Node> make() {
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
  return node;
}

struct Box {
  std::shared_ptr<Node> node;
};

struct Context {
  std::shared_ptr<Node> node;
  Box* box;
  std::unique_ptr<Box> nested;
};
Context* context;

extern "C" void fill() {
  context = new (std::malloc(sizeof(Context))) Context{make(), new Box{make()}, nullptr};
  context->nested = std::make_unique<Box>(Box{make()});
}
extern "C" Allocate* its_malloc() { return std::malloc; }
extern "C" Free* its_free() { return std::free; }
extern "C" char* grow(char* text) { return static_cast<char*>(std::realloc(text, 5000)); }
#else
int main(int, char** argv) {
  void* library = dlopen(library_path(argv[0]).c_str(), RTLD_NOW | RTLD_DEEPBIND);
  find<void()>(library, "fill")();
  Allocate* its_malloc = find<Allocate*()>(library, "its_malloc")();
  Free* its_free = find<Free*()>(library, "its_free")();
  std::printf(its_malloc != static_cast<Allocate*>(std::malloc) ? "it calls another malloc\n" : "it calls ours\n");
  char* here = std::strcpy(static_cast<char*>(std::malloc(100)), "abc");
  char* there = std::strcpy(static_cast<char*>(its_malloc(100)), "abc");
  char* grown = find<char*(char*)>(library, "grow")(std::strcpy(static_cast<char*>(std::malloc(100)), "abc"));
  there = static_cast<char*>(std::realloc(there, 200000));
  std::printf("%s %s %s\n", here, there, grown);
  its_free(here);
  std::free(there);
  std::free(grown);
}
#endif
