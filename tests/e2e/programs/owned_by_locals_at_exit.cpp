// owned_by_locals_at_exit.cpp - exit() inside main destroys no local: they still own the ring.
// For all the compiler knows the call returns, so it keeps them; see unlocated_locals_at_exit.cpp.
// gordian: prints leaving
// gordian: silent
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

void (*volatile leave)(int) = std::exit;

int main() {
  auto a = std::make_shared<Obj>();
  auto b = std::make_shared<Obj>();
  a->other = b;
  b->other = a;
  std::printf("leaving\n");
  leave(0);
}
