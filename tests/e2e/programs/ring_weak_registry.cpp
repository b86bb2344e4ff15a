// ring_weak_registry.cpp - observers in a registry that is never destroyed.
// gordian: exit 23
// gordian: cycle proved objects=3 instances=1 of=Obj members=Obj::a,Obj::b,Obj::c
#include <memory>
#include <vector>

struct Obj {
  std::shared_ptr<Obj> a, b, c;
};

auto* const registry = new std::vector<std::weak_ptr<Obj>>;

int main() {
  auto a = std::make_shared<Obj>();  // (made here)
  auto b = std::make_shared<Obj>();  // (made here)
  auto c = std::make_shared<Obj>();  // (made here)
  a->b = b;
  b->c = c;
  c->a = a;
  *registry = {a, b, c};
}
