// ignored.cpp - an object that the program declares as fine is not reported, nor is what it holds.
// gordian: silent
#include <gordian/gordian.h>

#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

int main() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  gordian_ignore(a.get());
}
