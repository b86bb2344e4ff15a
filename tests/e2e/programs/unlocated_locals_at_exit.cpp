// unlocated_locals_at_exit.cpp - the optimiser knows that nobody uses the locals after exit(), and may
// keep them in no memory at all. They are counted still: an unknown owner, so no cycle is reported.
// gordian: prints leaving
// gordian: exit 0
// gordian: no cycle
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

int main() {
  auto a = std::make_shared<Obj>();
  auto b = std::make_shared<Obj>();
  a->other = b;
  b->other = a;
  std::printf("leaving\n");
  std::exit(0);
}
