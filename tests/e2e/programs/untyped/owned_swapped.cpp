// owned_swapped.cpp - the twin of ring_weak_swapped.cpp: an owner that came to its place by swap() owns the ring.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::shared_ptr<Obj>* owner = new std::shared_ptr<Obj>;

int main() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  a.swap(*owner);
}
