// owned_before_start.cpp - what is made before main(), as early as a program can, and kept.
// gordian: silent
// gordian: prints 3 made
#include <cstdio>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

// As bytes: the constructor of a shared_ptr may run later, and its destructor never does.
alignas(std::shared_ptr<Obj>) char owners[3][sizeof(std::shared_ptr<Obj>)];
int made = 0;

void keep() {
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  new (owners[made++]) std::shared_ptr<Obj>(obj);
}

int number() { return made; }
extern "C" int (*resolve_indirect())() {
  keep();
  return number;
}
int indirect() __attribute__((ifunc("resolve_indirect")));

void before_constructors() { keep(); }
__attribute__((section(".preinit_array"), used)) void (*const first)() = before_constructors;

__attribute__((constructor(101))) void first_constructor() { keep(); }

int main() {
  std::printf("%d made\n", indirect());
}
