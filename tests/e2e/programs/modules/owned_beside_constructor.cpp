// owned_beside_constructor.cpp - a thread has the loader's lock, for a constructor does not end, and a global owns a ring.
// gordian: silent
#include "staying_library.h"

#ifndef GORDIAN_LIBRARY
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

static std::shared_ptr<Obj> g_owner;

int main(int, char** argv) {
  load_staying_library(argv[0]);
  g_owner = std::make_shared<Obj>();
  g_owner->self = g_owner;
  std::quick_exit(0);
}
#endif
