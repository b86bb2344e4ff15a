// half_created.cpp - threads that start and end while gordian looks: what a thread is to get is owned before it has begun, and
// what its destructors and keys still have until it is gone.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: unless emulated by one that blocks all signals for a busy thread: its whole stack is read, in seconds
#include <gordian/gordian.h>
#include <pthread.h>
#include <sched.h>

#include "rings.h"

#ifdef GORDIAN_SOAK
constexpr int kStarters = 100;
constexpr int kChecks = 300;
#else
constexpr int kStarters = 3;
constexpr int kChecks = 20;
#endif
std::atomic<bool> g_done{false};
pthread_key_t g_key;

struct LetGo {
  Keeper* keeper = nullptr;
  ~LetGo() {
    if (keeper != nullptr) let_go(keeper);
  }
};
thread_local LetGo t_last;

void* take_over(void* keeper) {
  t_last.keeper = static_cast<Keeper*>(keeper);
  pthread_setspecific(g_key, make_keeper());
  pthread_exit(nullptr);
}

void* start_others(void*) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  while (!g_done) {
    pthread_t threads[8];
    int started = 0;
    // The new thread's alone, from here on.
    while (started < 8 && pthread_create(&threads[started], &attributes, take_over, make_keeper()) == 0) ++started;
    demand(started == 8, "threads can be started");
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  }
  return nullptr;
}

int main() {
  pthread_key_create(&g_key, [](void* keeper) { let_go(static_cast<Keeper*>(keeper)); });
  pthread_t starters[kStarters];
  for (pthread_t& starter : starters) pthread_create(&starter, nullptr, start_others, nullptr);
  for (int i = 0; i < kChecks; ++i) demand(gordian_check() == 0, "each ring is owned");
  g_done = true;
  for (const pthread_t starter : starters) pthread_join(starter, nullptr);
  lose_ring();
}
