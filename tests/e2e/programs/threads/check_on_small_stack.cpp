// check_on_small_stack.cpp - a check takes no more stack than the smallest thread has, nor than a signal handler that calls exit().
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rings.h"

void* check(void*) {
  Keeper* const keeper = make_keeper();
  demand(gordian_check() == 0, "a local of this thread owns it");
  let_go(keeper);
  return nullptr;
}

int main() {
  constexpr std::size_t kSmallest = 16384;
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kSmallest);
  if (pthread_create(&thread, &attributes, check, nullptr) != 0) return 1;
  pthread_join(thread, nullptr);

  constexpr std::size_t kGuard = 4096;  // what is too much for the stack above ends the program
  const std::size_t size = (static_cast<std::size_t>(sysconf(_SC_MINSIGSTKSZ)) + 4096 + kGuard - 1) / kGuard * kGuard;
  void* const room = mmap(nullptr, kGuard + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  stack_t small = {};
  small.ss_sp = static_cast<char*>(room) + kGuard;
  small.ss_size = size;
  struct sigaction action = {};
  action.sa_handler = [](int) { std::exit(0); };
  action.sa_flags = SA_ONSTACK;
  if (mprotect(room, kGuard, PROT_NONE) != 0 || sigaltstack(&small, nullptr) != 0) return 1;
  sigaction(SIGTERM, &action, nullptr);
  static Keeper* volatile owned_by_interrupted = make_keeper();
  (void)owned_by_interrupted;
  lose_ring();
  raise(SIGTERM);
  return 7;
}
