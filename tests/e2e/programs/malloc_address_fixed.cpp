// malloc_address_fixed.cpp - the twin of malloc_address.cpp.
// gordian: silent
#include <cstdlib>
#include <memory>

struct Obj {
  std::weak_ptr<Obj> self;
};

__attribute__((noinline)) void use(void* (*allocate)(std::size_t)) {
  std::free(allocate(8));
}

int main() {
  use(&std::malloc);
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
}
