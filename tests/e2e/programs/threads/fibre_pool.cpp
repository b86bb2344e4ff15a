// fibre_pool.cpp - stacks of fibres lie side by side in one mapping, below all of which is one guard page. What those hold that wait
// below the one that runs is owned; and so it is where the kernel gave all pages at once.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <cstring>
#include <initializer_list>

#include "rings.h"

constexpr std::size_t kGuard = 4096;
constexpr std::size_t kStack = 64 << 10;
constexpr int kFibres = 4;

struct Pool {
  ucontext_t resumer;
  ucontext_t fibres[kFibres];
  bool by_other;  // thread; else the last fibre checks
};
Pool* g_pool;

__attribute__((noinline)) void make_at(Keeper* volatile* place) { *place = make_keeper(); }

void* check(void*) {
  demand(gordian_check() == 0, "each fibre owns its ring");
  return nullptr;
}

void check_in_other_thread() {
  pthread_t thread;
  pthread_create(&thread, nullptr, check, nullptr);
  pthread_join(thread, nullptr);
}

void hold(int number) {
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  if (number == kFibres - 1) {
    if (g_pool->by_other) {
      check_in_other_thread();
    } else {
      check(nullptr);
    }
  }
  swapcontext(&g_pool->fibres[number], &g_pool->resumer);
  let_go(keeper);
}

void run(bool touched, bool by_other) {
  Pool pool = {};
  pool.by_other = by_other;
  g_pool = &pool;
  const std::size_t size = kGuard + kFibres * kStack;
  auto* const pages =
      static_cast<char*>(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0));
  demand(mprotect(pages, kGuard, PROT_NONE) == 0, "a guard page");
  if (touched) std::memset(pages + kGuard, 0, size - kGuard);
  for (int i = 0; i < kFibres; ++i) {
    getcontext(&pool.fibres[i]);
    pool.fibres[i].uc_stack.ss_sp = pages + kGuard + i * kStack;
    pool.fibres[i].uc_stack.ss_size = kStack;
    pool.fibres[i].uc_link = &pool.resumer;
    makecontext(&pool.fibres[i], reinterpret_cast<void (*)()>(hold), 1, i);
    swapcontext(&pool.resumer, &pool.fibres[i]);
  }
  for (ucontext_t& fibre : pool.fibres) swapcontext(&pool.resumer, &fibre);
  munmap(pages, size);
}

int main() {
  for (const bool touched : {false, true}) {
    for (const bool by_other : {false, true}) run(touched, by_other);
  }
  lose_ring();
}
