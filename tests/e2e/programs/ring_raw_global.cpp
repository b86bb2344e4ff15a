// ring_raw_global.cpp - a raw pointer in a global sees the ring and owns nothing.
// gordian: prints seen
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Obj members=Obj::a,Obj::b,Obj::c
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> a, b, c;
};

Obj* last_made;

int main() {
  auto a = std::make_shared<Obj>();  // (made here)
  auto b = std::make_shared<Obj>();  // (made here)
  auto c = std::make_shared<Obj>();  // (made here)
  a->b = b;
  b->c = c;
  c->a = a;
  last_made = c.get();
  std::printf("%s\n", last_made->a ? "seen" : "empty");
}
