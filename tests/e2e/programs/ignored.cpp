// ignored.cpp - an object that the program declares as fine is accepted, with what it holds; it fails nothing.
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other accepted=gordian_ignore()
// gordian: cycle proved objects=1 instances=1 of=Held members=Held::self accepted=gordian_ignore()
// gordian: says no cycles in
// gordian: says accepted: 2 findings
#include <gordian/gordian.h>

#include <memory>
#include <vector>

struct Held {
  std::shared_ptr<Held> self;
};

struct Obj {
  std::shared_ptr<Obj> other;
  std::vector<std::shared_ptr<Held>> held;
};

int main() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  a->held.push_back(std::make_shared<Held>());
  a->held[0]->self = a->held[0];
  gordian_ignore(a.get());
}
