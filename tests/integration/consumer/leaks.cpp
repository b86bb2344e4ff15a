// leaks.cpp - leaks a cycle of one, which needs the runtime to be found and the shim to be classified.
#include <memory>

#ifndef GORDIAN_SHIM_HPP
#error "the shim was not included: gordian's compile flags are missing"
#endif

extern "C" int cycles_so_far();

struct Obj {
  std::shared_ptr<Obj> self;
  std::weak_ptr<Obj> seen;
};

int main() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  obj->seen = obj;
  return cycles_so_far() == 0 ? 0 : 99;
}
