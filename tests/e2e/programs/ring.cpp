// ring.cpp - the article's cycle in C++11, with observers on the stack.
// gordian: prints alive alive alive
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 retained=0 of=Obj members=Obj::a,Obj::b,Obj::c
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> a, b, c;
};

const char* state(const std::weak_ptr<Obj>& ref) {
  return ref.expired() ? "dead" : "alive";
}

int main() {
  auto a = std::make_shared<Obj>();  // (made here)
  auto b = std::make_shared<Obj>();  // (made here)
  auto c = std::make_shared<Obj>();  // (made here)
  a->b = b;
  b->c = c;
  c->a = a;
  std::weak_ptr<Obj> a_ref = a, b_ref = b, c_ref = c;
  a = b = c = nullptr;
  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
