// article_weakref.cpp - the ring of article_cycle.cpp, repaired: its members see but do not own.
//
// The third program of the article. Weak references are not counted in use_count,
// so every object is freed as soon as its variable is let go. gordian prints nothing.
//
// gordian: prints dead dead dead
// gordian: silent
#include <cstdio>
#include <memory>

class Obj {
 public:
  std::weak_ptr<Obj> a;
  std::weak_ptr<Obj> b;
  std::weak_ptr<Obj> c;
};

std::weak_ptr<Obj> a_ref, b_ref, c_ref;

const char* state(const std::weak_ptr<Obj>& ref) {
  return ref.expired() ? "dead" : "alive";
}

int main() {
  auto a = std::make_shared<Obj>();  // a: use_count 1
  auto b = std::make_shared<Obj>();  // b: use_count 1
  auto c = std::make_shared<Obj>();  // c: use_count 1

  a->b = b;  // b: use_count 1, as before
  b->c = c;  // c: use_count 1, as before
  c->a = a;  // a: use_count 1, as before
  a_ref = a;
  b_ref = b;
  c_ref = c;

  a = b = c = nullptr;  // freed (a, b, c: use_count 0)

  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
