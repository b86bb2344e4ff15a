// owned_aligned_deleter.cpp - the twin of ring_aligned_deleter.cpp: a static owns the ring.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct alignas(16) Deleter {
  long calls[2] = {};
  void operator()(Obj* obj) const { delete obj; }
};

int main() {
  auto obj = std::shared_ptr<Obj>(new Obj, Deleter());
  obj->self = obj;
  static auto* const owner = new std::shared_ptr<Obj>(obj);
  return *owner == nullptr;
}
