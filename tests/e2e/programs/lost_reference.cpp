// lost_reference.cpp - a strong reference was lost, not looped: an orphan, which fails no run by default.
// gordian: prints gone
// gordian: exit 0
// gordian: orphan proved instances=1 of=Obj
#include <cstdio>
#include <memory>

struct Obj {
  int number = 1;
};

// Volatile, or the optimiser drops the stores to memory that nobody reads.
std::shared_ptr<Obj>* volatile reference;

__attribute__((noinline)) void lose() {
  reference = new std::shared_ptr<Obj>(std::make_shared<Obj>());  // (made here)
  reference = nullptr;
}

int main() {
  lose();
  std::printf("gone\n");
}
