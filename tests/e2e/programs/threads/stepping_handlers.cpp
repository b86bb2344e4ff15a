// stepping_handlers.cpp - a handler allocates, forks and asks for a check at instruction after instruction of gordian's hooks.
// gordian: options block_stacks=1
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "rings.h"
#include "stepping.h"

constexpr unsigned kMost = 64;
Keeper** g_tables[kMost];  // made in the handler, each with room for a keeper
unsigned g_made = 0;
unsigned g_steps = 0;

void act() {
  const int saved = errno;
  const unsigned step = g_steps++;
  auto owned = std::make_shared<int>(1);  // nobody should; many do
  const std::weak_ptr<int> seen = owned;
  void* volatile block = std::malloc(20);
  block = std::realloc(block, 3000);
  std::free(block);
  if (step % 7 == 0 && g_made < kMost) g_tables[g_made++] = new Keeper*[1]();
  if (step % 199 == 0) {
    const pid_t child = fork();
    if (child == 0) {
      lose_ring();  // it is still the program that it was
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    demand(status == 0, "the child ends well");
  }
  if (step % 1499 == 0) demand(gordian_check() == 0, "all is owned");
  errno = saved;
}

int main() {
  prepare_stepping(act);
  for (unsigned way = 0; way < 2; ++way) {
    by_way(way, [] {
      start_stepping();
      auto owned = std::make_shared<int>(2);
      const std::weak_ptr<int> seen = owned;
      const std::weak_ptr<int> too = seen;
      void* volatile block = std::malloc(10);
      block = std::realloc(block, 30);
      stop_stepping();
      std::free(block);
    });
  }
  demand(g_made == kMost, "the handler ran");
  for (Keeper** table : g_tables) table[0] = make_keeper();
  lose_ring();
  demand(gordian_check() == 1, "the lost ring is found, and no other");
  for (Keeper** table : g_tables) {
    let_go(table[0]);
    delete[] table;
  }
}
