// quick_exit.cpp - std::quick_exit is checked too.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

__attribute__((noinline)) void leak() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}

int main() {
  leak();
  std::quick_exit(0);
}
