// check_now.cpp - a program asks for itself, before and after, and the check at exit is turned off.
// gordian: options check_at_exit=0
// gordian: prints 0 1 0
// gordian: exit 0
// gordian: says Obj::self
// gordian: any report
#include <gordian/gordian.h>

#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

std::weak_ptr<Obj> ref;

__attribute__((noinline)) void leak() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  ref = obj;
}

int main() {
  const int before = gordian_check();
  leak();
  const int leaked = gordian_check();
  ref.lock()->self.reset();
  std::printf("%d %d %d\n", before, leaked, gordian_check());
}
