// every_state.cpp - threads that spin, that wait in the kernel, in sigwait(), or with all signals blocked, and run on while the
// program ends: each owns a ring by a local of its own.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: unless emulated by one that tells of its own system calls, not of the program's: who is in sigwait() is not known
#include <gordian/gordian.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "rings.h"

std::atomic<int> g_started{0};

template <class Stay>
void start(Stay stay) {
  static Stay kept = stay;
  pthread_t thread;
  const auto run = [](void*) -> void* {
    Keeper* volatile const keeper = make_keeper();
    ++g_started;
    for (;;) kept();
    let_go(keeper);
  };
  if (pthread_create(&thread, nullptr, run, nullptr) != 0) std::abort();
  pthread_detach(thread);
}

void block_signals(bool fill) {
  sigset_t set;
  sigemptyset(&set);
  if (fill) sigfillset(&set);
  pthread_sigmask(SIG_SETMASK, &set, nullptr);
}

int main() {
  start([] { for (volatile unsigned i = 0; i < 1000000; i = i + 1) {} });
  start([] { poll(nullptr, 0, -1); });
  start([] {
    static int ends[2];
    char byte;
    if (pipe(ends) == 0 && read(ends[0], &byte, 1) != 0) _exit(8);
  });
  start([] {
    block_signals(true);
    for (volatile unsigned i = 0; i < 1000000; i = i + 1) {}
  });
  start([] {
    block_signals(true);
    pause();
  });
  start([] {
    sigset_t all;
    int signal = 0;
    sigfillset(&all);
    block_signals(true);
    if (sigwait(&all, &signal) == 0) _exit(signal);
  });
  while (g_started < 6) sched_yield();
  demand(gordian_check() == 0, "each ring is owned");
  lose_ring();
}
