// ring_weak_globals.cpp - observers in globals: destroyed before the check, their words stay.
// gordian: prints alive
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Obj members=Obj::a,Obj::b,Obj::c
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> a, b, c;
};

std::weak_ptr<Obj> a_ref, b_ref, c_ref;

int main() {
  auto a = std::make_shared<Obj>();  // (made here)
  auto b = std::make_shared<Obj>();  // (made here)
  auto c = std::make_shared<Obj>();  // (made here)
  a->b = b;
  b->c = c;
  c->a = a;
  a_ref = a, b_ref = b, c_ref = c;
  a = b = c = nullptr;
  std::printf("%s\n", a_ref.expired() ? "dead" : "alive");
}
