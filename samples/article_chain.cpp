// article_chain.cpp - a owns b and b owns c: nothing is left once a, b and c are let go.
//
// The first program of the article: counts fall to 0 one after the other, each
// object is freed at once, and gordian prints nothing.
//
// gordian: prints dead dead dead
// gordian: silent
#include <cstdio>
#include <memory>

class Obj {
 public:
  std::shared_ptr<Obj> b;
  std::shared_ptr<Obj> c;
};

std::weak_ptr<Obj> a_ref, b_ref, c_ref;

const char* state(const std::weak_ptr<Obj>& ref) {
  return ref.expired() ? "dead" : "alive";
}

int main() {
  auto a = std::make_shared<Obj>();  // a: use_count 1
  auto b = std::make_shared<Obj>();  // b: use_count 1
  auto c = std::make_shared<Obj>();  // c: use_count 1

  a->b = b;  // b: use_count 2
  b->c = c;  // c: use_count 2
  a_ref = a;
  b_ref = b;
  c_ref = c;

  a = b = c = nullptr;  // freed (a, b, c: use_count 0)

  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
