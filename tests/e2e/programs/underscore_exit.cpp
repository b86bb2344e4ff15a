// underscore_exit.cpp - _exit ends a process at once: nothing is checked and nothing is said.
// gordian: exit 0
// gordian: any report
#include <unistd.h>

#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

__attribute__((noinline)) void leak() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
}

int main() {
  leak();
  _exit(0);
}
