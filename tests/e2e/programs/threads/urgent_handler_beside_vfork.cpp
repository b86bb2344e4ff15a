// urgent_handler_beside_vfork.cpp - a thread waits for the child of its vfork() while gordian looks, and takes no signal until that is gone. None of
// gordian's waits for it then, which the program's own handler would get.
// gordian: unless emulated by one whose vfork() is a fork(): the child has memory of its own
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rings.h"

std::atomic<int> g_calls{0};
std::atomic<bool> g_checked{false};
volatile bool g_in_child = false;

void on_urgent(int) { ++g_calls; }

void* spawn(void*) {
  Keeper* volatile keeper = make_keeper();
  const pid_t child = vfork();
  if (child == 0) {  // it shares the memory
    g_in_child = true;
    while (!g_checked) usleep(1000);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  let_go(keeper);
  return nullptr;
}

int main() {
  struct sigaction action = {};
  action.sa_handler = on_urgent;
  sigaction(SIGURG, &action, nullptr);
  pthread_t spawner;
  pthread_create(&spawner, nullptr, spawn, nullptr);
  while (!g_in_child) usleep(1000);
  usleep(20000);
  demand(gordian_check() == 0, "the ring is owned");
  g_checked = true;
  pthread_join(spawner, nullptr);
  demand(g_calls == 0, "the program's handler is not called");
  demand(raise(SIGURG) == 0 && g_calls == 1, "but for a signal of the program's");
  lose_ring();
}
