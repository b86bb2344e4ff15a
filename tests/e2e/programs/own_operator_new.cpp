// own_operator_new.cpp - a program that replaces operator new keeps its own, and is checked as well.
// gordian: prints yes
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>

int calls = 0;

void* operator new(std::size_t size) {
  ++calls;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
  std::printf("%s\n", calls > 0 ? "yes" : "no");
}
