// deaf_beside_checker.cpp - a thread that cannot be paused owns a ring by a local, and so does the one that ends the program, which is not main's.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: notes 1 thread could not be paused
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <thread>

#include "rings.h"

std::atomic<bool> g_started{false};

void hold_forever() {
  Keeper* volatile const keeper = make_keeper();
  const std::uint64_t all_but_cancellation = ~(std::uint64_t{1} << 31);  // with the one that pthread_sigmask() leaves out
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_but_cancellation, nullptr, sizeof all_but_cancellation);
  g_started = true;
  for (;;) pause();
  let_go(keeper);
}

void end_program() {
  Keeper* volatile const keeper = make_keeper();
  lose_ring();
  std::exit(0);
  let_go(keeper);
}

int main() {
  std::thread(hold_forever).detach();
  while (!g_started) sched_yield();
  std::thread(end_program).join();
}
