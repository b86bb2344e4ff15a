// ring_made_through.cpp - two unloaded libraries called the program, which made the cycles: they are in
// stacks only, and lay at the same place one after the other.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Large members=Large::self
// gordian: cycle proved objects=1 instances=1 of=Small members=Small::self
// gordian: says first_calls(void (*)())
// gordian: says second_calls(void (*)())
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <memory>

#include "library.h"

#if GORDIAN_LIBRARY == 1
extern "C++" __attribute__((visibility("default"))) void first_calls(void (*make)()) {
  make();
  asm volatile("");  // no tail call
}
extern "C" void pass(void (*make)()) {
  first_calls(make);
  asm volatile("");
}
#elif GORDIAN_LIBRARY == 2
extern "C++" __attribute__((visibility("default"))) void second_calls(void (*make)()) {
  make();
  asm volatile("");
}
extern "C" void pass(void (*make)()) {
  second_calls(make);
  asm volatile("");
}
#else
struct Large {
  std::shared_ptr<Large> self;
  long padding[8] = {};
};

struct Small {
  std::shared_ptr<Small> self;
};

template <class Obj>
void make() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}

using Pass = void(void (*)());

// Where the library was.
Pass* pass_through(const std::string& path, void (*make)()) {
  void* library = load(path);
  auto* pass = find<Pass>(library, "pass");
  pass(make);
  unload(library, path);
  return pass;
}

int main(int, char** argv) {
  Pass* first = pass_through(library_path(argv[0]), make<Large>);
  Pass* second = pass_through(library_path(argv[0], ".2"), make<Small>);
  if (first != second) std::printf("not at the same place\n");
}
#endif
