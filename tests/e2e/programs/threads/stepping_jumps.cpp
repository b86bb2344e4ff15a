// stepping_jumps.cpp - a handler leaves by siglongjmp() at instruction after instruction of gordian's hooks, as a time limit does that a test
// framework sets. Nothing is left locked.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <setjmp.h>

#include "rings.h"
#include "stepping.h"

sigjmp_buf g_home;
unsigned g_left = 0;  // instructions until it jumps

void act() {
  if (g_left-- != 0) return;
  g_acts = false;
  siglongjmp(g_home, 1);
}

// False when it has come to its end.
bool leaves_after(unsigned instructions) {
  g_left = instructions;
  if (sigsetjmp(g_home, 1) != 0) return true;
  by_way(instructions, [] {
    start_stepping();
    void* volatile block = std::malloc(10);
    std::free(block);
    stop_stepping();
  });
  return false;
}

int main() {
  prepare_stepping(act);
  unsigned instructions = 0;
  while (leaves_after(instructions)) instructions += 29;
  demand(instructions > 300, "hooks have been left");
  Keeper* const keeper = make_keeper();
  demand(gordian_check() == 0, "a local owns it");
  let_go(keeper);
  lose_ring();
}
