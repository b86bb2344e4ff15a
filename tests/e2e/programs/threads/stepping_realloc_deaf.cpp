// stepping_realloc_deaf.cpp - a handler in the middle of realloc() blocks all signals and waits for a thread that the check has paused: the
// check comes to an end.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: within 60 seconds
#include <gordian/gordian.h>
#include <pthread.h>
#include <time.h>

#include "rings.h"
#include "stepping.h"

constexpr unsigned kMost = 6;
volatile unsigned g_left = 0;  // instructions until it waits
std::atomic<unsigned> g_waits{0};
std::atomic<unsigned> g_checks{0};
std::atomic<unsigned long> g_count{0};
std::atomic<bool> g_done{false};

long milliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void act() {
  if (g_left == 0 || --g_left != 0) return;
  ++g_waits;
  const long start = milliseconds();
  while (milliseconds() - start < 100) {}  // the check asks it now, and it puts that off
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const timespec moment = {0, 1000000};
  for (const unsigned long count = g_count; g_count == count;) nanosleep(&moment, nullptr);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void* move_blocks(void*) {
  for (unsigned round = 0; round < kMost; ++round) {
    g_left = 14 + 7 * round;
    by_way(round, [] {
      void* volatile block = std::malloc(40);
      start_stepping();
      block = std::realloc(block, 4000);
      stop_stepping();
      std::free(block);
    });
    while (g_checks <= round) sched_yield();
  }
  return nullptr;
}

void* count(void*) {
  for (; !g_done; ++g_count) sched_yield();
  return nullptr;
}

int main() {
  prepare_stepping(act);
  pthread_t threads[2];
  pthread_create(&threads[0], nullptr, count, nullptr);
  pthread_create(&threads[1], nullptr, move_blocks, nullptr);
  for (unsigned i = 1; i <= kMost; ++i) {
    while (g_waits < i) sched_yield();
    demand(gordian_check() == 0, "nothing is lost yet");
    g_checks = i;
  }
  pthread_join(threads[1], nullptr);
  g_done = true;
  pthread_join(threads[0], nullptr);
  lose_ring();
}
