// stepping_exit.cpp - a handler that has interrupted one of gordian's hooks calls exit(): the check is made all the same.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include "rings.h"
#include "stepping.h"

int main() {
  Keeper* const keeper = make_keeper();
  lose_ring();
  static unsigned left = 60;
  prepare_stepping([] {
    if (left-- == 0) std::exit(0);
  });
  start_stepping();
  void* volatile block = std::malloc(10);
  stop_stepping();
  std::free(block);
  let_go(keeper);
  return 7;
}
