// ring_aligned_deleter.cpp - a deleter that is aligned to 16 bytes leaves padding behind the pointer in the control block.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct alignas(16) Deleter {
  long calls[2] = {};
  void operator()(Obj* obj) const { delete obj; }
};

int main() {
  auto obj = std::shared_ptr<Obj>(new Obj, Deleter());  // (made here)
  obj->self = obj;
}
