// global_owner_destroyed.cpp - a global owned the ring until its destructor ran.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::shared_ptr<Obj> keeper;

int main() {
  keeper = std::make_shared<Obj>();         // (made here)
  keeper->other = std::make_shared<Obj>();  // (made here)
  keeper->other->other = keeper;
}
