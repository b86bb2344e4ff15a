// ring_in_successors.cpp - libraries that come to the same address one after the other are told apart.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=2 of=First members=First::self
// gordian: cycle proved objects=1 instances=2 of=Second members=Second::self
// gordian: unless emulated by one without process_vm_readv(): nothing is noted of a library that goes
#include <memory>

#include "library.h"

#if GORDIAN_LIBRARY == 1
struct First {
  virtual ~First() = default;
  std::shared_ptr<First> self;
  long padding[8] = {};  // the larger finding is shown first
};
using Made = First;
#elif GORDIAN_LIBRARY == 2
struct Second {
  virtual ~Second() = default;
  std::shared_ptr<Second> self;
};
using Made = Second;
#endif

#ifdef GORDIAN_LIBRARY
extern "C" void leak() {
  auto made = std::make_shared<Made>();  // (made here)
  made->self = made;
}
#else
int main(int, char** argv) {
  for (const char* name : {"", ".2", "", ".2"}) {
    const std::string path = library_path(argv[0], name);
    void* library = load(path);
    find<void()>(library, "leak")();
    unload(library, path);
  }
}
#endif
