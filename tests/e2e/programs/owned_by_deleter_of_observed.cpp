// owned_by_deleter_of_observed.cpp - an object is gone, but weak handles keep its control block, whose deleter owns a ring.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

struct Deleter {
  std::shared_ptr<Obj> kept;
  void operator()(Obj* obj) const { delete obj; }
};

static auto* const observers = new std::weak_ptr<Obj>[2];

int main() {
  auto kept = std::make_shared<Obj>();
  kept->self = kept;
  auto obj = std::shared_ptr<Obj>(new Obj, Deleter{kept});
  observers[0] = observers[1] = obj;
}
