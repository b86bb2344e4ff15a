// unguarded_stacks.cpp - threads whose stacks have no guard page (pthread_attr_setguardsize()) own by their locals, while they run on a
// fibre's stack, on a signal stack, or cannot be paused.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdint>
#include <initializer_list>

#include "rings.h"

constexpr std::size_t kStack = 64 << 10;
std::atomic<int> g_waiting{0};
std::atomic<bool> g_done{false};

__attribute__((noinline)) void make_at(Keeper* volatile* place) { *place = make_keeper(); }

void wait_until_done() {
  ++g_waiting;
  while (!g_done) usleep(1000);
}

void* map_stack() { return mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

void wait_on_fibre() {
  static ucontext_t outer, fibre;
  getcontext(&fibre);
  fibre.uc_stack.ss_sp = std::malloc(kStack);
  fibre.uc_stack.ss_size = kStack;
  fibre.uc_link = &outer;
  makecontext(&fibre, wait_until_done, 0);
  swapcontext(&outer, &fibre);
}

void wait_in_handler() {
  stack_t stack = {};
  stack.ss_sp = map_stack();
  stack.ss_size = kStack;
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_handler = [](int) { wait_until_done(); };
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR1, &action, nullptr);
  pthread_kill(pthread_self(), SIGUSR1);
}

void wait_deaf() {
  const std::uint64_t all_but_cancellation = ~(std::uint64_t{1} << 31);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_but_cancellation, nullptr, sizeof all_but_cancellation);
  wait_until_done();
}

using Wait = void (*)();

void* own_and_wait(void* wait) {
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  reinterpret_cast<Wait>(wait)();
  let_go(keeper);
  return nullptr;
}

void check_beside(std::initializer_list<Wait> waits) {
  g_waiting = 0;
  g_done = false;
  pthread_t threads[4];
  int count = 0;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setguardsize(&attributes, 0);
  for (const Wait wait : waits) {
    if (pthread_create(&threads[count++], &attributes, own_and_wait, reinterpret_cast<void*>(wait)) != 0) std::abort();
  }
  while (g_waiting < count) usleep(1000);
  demand(gordian_check() == 0, "each thread owns its ring");
  g_done = true;
  for (int i = 0; i < count; ++i) pthread_join(threads[i], nullptr);
}

int main() {
  check_beside({wait_on_fibre});
  check_beside({wait_in_handler});
  check_beside({wait_deaf});
  check_beside({wait_until_done, wait_on_fibre, wait_deaf, wait_in_handler});
  lose_ring();
}
