// ring_before_start.cpp - rings made before main(), as early as a program can: by a resolver of an indirect function, before the
// program's constructors, by the first of these.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=3 of=Obj members=Obj::self
// gordian: prints 3 made
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

int made = 0;

int leak() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  return ++made;
}

int number() { return made; }
extern "C" int (*resolve_indirect())() {
  leak();
  return number;
}
int indirect() __attribute__((ifunc("resolve_indirect")));

void before_constructors() { leak(); }
__attribute__((section(".preinit_array"), used)) void (*const first)() = before_constructors;

__attribute__((constructor(101))) void first_constructor() { leak(); }

int main() {
  std::printf("%d made\n", indirect());
}
