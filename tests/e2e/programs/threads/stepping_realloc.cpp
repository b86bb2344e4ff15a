// stepping_realloc.cpp - a handler that has interrupted realloc() checks, or forks a child that does: what only the block leads to that is
// about to move is owned.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "rings.h"
#include "stepping.h"

unsigned g_steps = 0;
unsigned g_checks = 0;

void act() {
  const unsigned step = g_steps++;  // a stack that is captured takes thousands
  if (step % (step < 200 ? 3 : 97) != 0) return;
  ++g_checks;
  demand(gordian_check() == 0, "the moving block owns the ring");
  if (g_checks % 4 != 0) return;
  const pid_t child = fork();
  if (child == 0) _exit(gordian_check());
  int status = 0;
  waitpid(child, &status, 0);
  demand(status == 0, "in the child as well");
}

int main() {
  prepare_stepping(act);
  auto** block = static_cast<Keeper**>(std::calloc(8, sizeof(Keeper*)));
  // Where no allocator writes into a freed block, and by a thread: this one's stack has never had the
  // pointer.
  std::thread([block] { block[7] = make_keeper(); }).join();
  by_way(1, [&block] {
    void* const small = block;
    start_stepping();
    void* const moved = std::realloc(small, 4000);
    stop_stepping();
    block = static_cast<Keeper**>(moved);
  });
  demand(g_checks > 10, "the handler ran");
  let_go(block[7]);
  std::free(block);
  lose_ring();
}
