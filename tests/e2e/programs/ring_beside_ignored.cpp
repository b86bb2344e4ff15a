// ring_beside_ignored.cpp - of two equal cycles the program has declared one as fine: the other is reported.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other
// gordian: says gordian_ignore() accepts 1 other instance of
#include <gordian/gordian.h>

#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::shared_ptr<Obj> make_pair() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  return a;
}

int main() {
  gordian_ignore(make_pair().get());
  make_pair();
}
