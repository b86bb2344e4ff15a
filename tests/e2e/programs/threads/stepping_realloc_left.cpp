// stepping_realloc_left.cpp - a handler leaves realloc() by siglongjmp(), and the thread goes on: checks do not wait for it.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: within 20 seconds
#include <gordian/gordian.h>
#include <pthread.h>
#include <setjmp.h>

#include "rings.h"
#include "stepping.h"

constexpr unsigned kMost = 8;
sigjmp_buf g_home;
volatile unsigned g_left = 0;  // instructions until it jumps
std::atomic<unsigned> g_jumps{0};
std::atomic<unsigned> g_checks{0};

void act() {
  if (g_left == 0 || --g_left != 0) return;
  g_acts = false;
  siglongjmp(g_home, 1);
}

void* jump(void*) {
  for (volatile unsigned round = 0; round < kMost; round = round + 1) {
    g_left = 14 + 5 * round;
    if (sigsetjmp(g_home, 1) == 0) {
      by_way(round, [] {
        void* volatile block = std::malloc(40);
        start_stepping();
        block = std::realloc(block, 4000);
        stop_stepping();
      });
    }
    ++g_jumps;
    while (g_checks < g_jumps) {}  // it runs: a check gives it half a minute
  }
  return nullptr;
}

int main() {
  prepare_stepping(act);
  pthread_t thread;
  pthread_create(&thread, nullptr, jump, nullptr);
  for (unsigned i = 1; i <= kMost; ++i) {
    while (g_jumps < i) sched_yield();
    demand(gordian_check() == 0, "nothing is lost yet");
    g_checks = i;
  }
  pthread_join(thread, nullptr);
  lose_ring();
}
