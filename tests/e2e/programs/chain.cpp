// chain.cpp - the article's chain in C++11: the twin of ring.cpp.
// gordian: prints dead dead dead
// gordian: silent
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> b, c;
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
  std::weak_ptr<Obj> a_ref = a, b_ref = b, c_ref = c;
  a = b = c = nullptr;
  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
