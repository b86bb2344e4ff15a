// ring_beside_own_names.cpp - the program exports variables that are called like system calls of libc's: a ring is found all the same.
// gordian: exit 23
// gordian: prints done
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include "own_names.hpp"

int main() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  std::puts("done");
}
