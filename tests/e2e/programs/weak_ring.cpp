// weak_ring.cpp - the article's repaired ring in C++11: the twin of ring.cpp.
// gordian: prints dead dead dead
// gordian: silent
#include <cstdio>
#include <memory>

struct Obj {
  std::weak_ptr<Obj> a, b, c;
};

const char* state(const std::weak_ptr<Obj>& ref) {
  return ref.expired() ? "dead" : "alive";
}

int main() {
  auto a = std::make_shared<Obj>();
  auto b = std::make_shared<Obj>();
  auto c = std::make_shared<Obj>();
  a->b = b;
  b->c = c;
  c->a = a;
  std::weak_ptr<Obj> a_ref = a, b_ref = b, c_ref = c;
  a = b = c = nullptr;
  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
