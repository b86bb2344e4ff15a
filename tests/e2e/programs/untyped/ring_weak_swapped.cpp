// ring_weak_swapped.cpp - an observer that came to its place by swap() is known by the log there, and hides no ring.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::weak_ptr<Obj>* observer = new std::weak_ptr<Obj>;

int main() {
  auto a = std::make_shared<Obj>();  // (made here)
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  std::weak_ptr<Obj> here = a;
  here.swap(*observer);
}
