// realloc_storm.cpp - threads move their blocks all the time; what only such a block leads to is owned at each check.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: unless emulated by one that blocks all signals for a busy thread: its whole stack is read, in seconds
#include <gordian/gordian.h>
#include <pthread.h>

#include "rings.h"

std::atomic<int> g_started{0};
std::atomic<bool> g_done{false};

void* move_block(void* argument) {
  constexpr std::size_t kSmall = 64;
  const std::size_t large = *static_cast<std::size_t*>(argument);
  auto** block = static_cast<Keeper**>(std::malloc(kSmall));
  block[1] = make_keeper();
  ++g_started;
  for (bool grow = true; !g_done; grow = !grow) {
    block = static_cast<Keeper**>(std::realloc(block, grow ? large : kSmall));
  }
  let_go(block[1]);
  std::free(block);
  return nullptr;
}

int main() {
  constexpr int kThreads = 4;
  std::size_t sizes[kThreads] = {1 << 10, 64 << 10, 1 << 20, 4 << 20};  // the last two are moved by the kernel
  pthread_t threads[kThreads];
  for (int i = 0; i < kThreads; ++i) pthread_create(&threads[i], nullptr, move_block, &sizes[i]);
  while (g_started < kThreads) sched_yield();
  for (int i = 0; i < 30; ++i) demand(gordian_check() == 0, "each block is owned");
  g_done = true;
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  lose_ring();
}
