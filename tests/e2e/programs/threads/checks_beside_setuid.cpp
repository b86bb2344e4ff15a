// checks_beside_setuid.cpp - libc sends all threads the signal by which gordian pauses one that blocks all others: each gets its own.
// gordian: unless emulated by one to which signal 33 is left: a thread that blocks all others is not paused
// gordian: exit 23
// gordian: prints 100 changes
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "rings.h"

std::atomic<int> g_changes{0};
std::atomic<bool> g_ended{false};

int main() {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread deaf[2];
  for (std::thread& thread : deaf) {
    thread = std::thread([] {
      while (!g_ended) std::this_thread::yield();
    });
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  std::thread changing([] {
    for (int i = 0; i < 100; ++i) {
      if (setgid(getgid()) == 0) ++g_changes;
    }
  });
  while (g_changes < 100) gordian_check();
  changing.join();
  gordian_check();
  g_ended = true;
  for (std::thread& thread : deaf) thread.join();
  std::printf("%d changes\n", g_changes.load());
  lose_ring();
}
