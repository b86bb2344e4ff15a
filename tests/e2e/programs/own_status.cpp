// own_status.cpp - the program's own failure is kept, and the cycle is reported all the same.
// gordian: exit 7
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  return 7;
}
