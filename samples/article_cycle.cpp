// article_cycle.cpp - a owns b, b owns c, and c owns a: they stay after a, b and c are let go.
//
// The second program of the article. Its observers still see three objects that
// nobody can reach. gordian reports one cycle of three objects, and the process
// ends with status 23 instead of 0.
//
// gordian: prints alive alive alive
// gordian: exit 23
// gordian: cycle proved objects=3 of=Obj members=Obj::a,Obj::b,Obj::c
#include <cstdio>
#include <memory>

class Obj {
 public:
  std::shared_ptr<Obj> a;
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
  c->a = a;  // a: use_count 2
  a_ref = a;
  b_ref = b;
  c_ref = c;

  a = b = c = nullptr;  // not freed (a, b, c: use_count 1)

  std::printf("%s %s %s\n", state(a_ref), state(b_ref), state(c_ref));
}
