// thousand_rings.cpp - a thousand equal cycles are one finding.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1000 of=Obj members=Obj::other
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

int main() {
  for (int i = 0; i < 1000; ++i) {
    auto a = std::make_shared<Obj>();  // (made here)
    auto b = std::make_shared<Obj>();  // (made here)
    a->other = b;
    b->other = a;
  }
}
