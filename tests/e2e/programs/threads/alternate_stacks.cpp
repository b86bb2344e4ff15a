// alternate_stacks.cpp - threads that are in a signal handler: what it holds on a stack of its own is owned, and so is what it has
// interrupted.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rings.h"

std::atomic<int> g_in_handler{0};
std::atomic<bool> g_done{false};

void on_signal(int) {
  Keeper* volatile const keeper = make_keeper();  // nobody should; many do
  ++g_in_handler;
  while (!g_done) usleep(1000);
  let_go(keeper);
}

void* interrupted(void* stack) {
  stack_t other = {};
  other.ss_sp = stack;
  other.ss_size = 64 << 10;
  if (sigaltstack(&other, nullptr) != 0) std::abort();
  Keeper* volatile const keeper = make_keeper();
  raise(SIGUSR1);
  let_go(keeper);
  return nullptr;
}

int main() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR1, &action, nullptr);
  static char fixed[64 << 10];
  void* const heap = std::malloc(64 << 10);
  void* const pages = mmap(nullptr, 64 << 10, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void* const stacks[] = {fixed, heap, pages};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], nullptr, interrupted, stacks[i]);
  while (g_in_handler < 3) sched_yield();
  for (int i = 0; i < 5; ++i) demand(gordian_check() == 0, "each ring is owned");
  g_done = true;
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  std::free(heap);
  lose_ring();
}
