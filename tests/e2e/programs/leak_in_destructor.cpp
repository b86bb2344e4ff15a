// leak_in_destructor.cpp - the check comes after the destructors of globals, and sees what they leak.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct LeaksLate {
  ~LeaksLate() {
    auto obj = std::make_shared<Obj>();  // (made here)
    obj->self = obj;
  }
};

LeaksLate global;

int main() {}
