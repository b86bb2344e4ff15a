// broken_in_time.cpp - a cycle that somebody takes apart before the end: the twin of self_loop.cpp.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  obj->self.reset();
}
