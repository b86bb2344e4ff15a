// malloc_address.cpp - a program that hands malloc's address on. Where code is not position independent,
// that is an address in the program itself, which only jumps to malloc.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

__attribute__((noinline)) void use(void* (*allocate)(std::size_t)) {
  std::free(allocate(8));
}

int main() {
  use(&std::malloc);
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
