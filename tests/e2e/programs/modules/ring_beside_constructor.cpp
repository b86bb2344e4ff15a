// ring_beside_constructor.cpp - a thread has the loader's lock, for a constructor does not end: mlockall() and quick_exit() do not wait for it, and
// a ring is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include "staying_library.h"

#ifndef GORDIAN_LIBRARY
#include <sys/mman.h>

#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

__attribute__((noinline)) static void leak() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
}

int main(int, char** argv) {
  load_staying_library(argv[0]);
  mlockall(0);  // which fails
  leak();
  std::quick_exit(0);
}
#endif
