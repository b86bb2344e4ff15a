// broken_in_destructor.cpp - the twin of leak_in_destructor.cpp: a global's destructor breaks the ring.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct BreaksLate {
  std::shared_ptr<Obj> obj = std::make_shared<Obj>();
  BreaksLate() { obj->self = obj; }
  ~BreaksLate() { obj->self.reset(); }
};

BreaksLate global;

int main() {}
