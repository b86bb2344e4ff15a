// ring_members.cpp - members of a base class, of a nested struct, and in an array of structs.
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Derived members=Base::first,Derived::inner,Derived::slots
// gordian: path Derived::inner.second
// gordian: path Derived::slots[1].third
#include <memory>

struct Derived;

struct Base {
  virtual ~Base() = default;
  std::shared_ptr<Derived> first;
};

struct Slot {
  long number = 0;
  std::shared_ptr<Derived> third;
};

struct Derived : Base {
  struct {
    bool flag = false;
    std::shared_ptr<Derived> second;
  } inner;
  Slot slots[2];
};

int main() {
  auto a = std::make_shared<Derived>();  // (made here)
  auto b = std::make_shared<Derived>();  // (made here)
  auto c = std::make_shared<Derived>();  // (made here)
  a->first = b;
  b->inner.second = c;
  c->slots[1].third = a;
}
