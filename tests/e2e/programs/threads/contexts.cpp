// contexts.cpp - what a suspended ucontext_t's stack holds is owned: on a static stack, one from malloc(), and one from mmap()
// that is declared as a root.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "rings.h"

constexpr std::size_t kStack = 64 << 10;
constexpr std::size_t kGuard = 4096;

struct Fibre {
  ucontext_t own;
  ucontext_t resumer;
};
Fibre* g_running;

// Not in a register that is saved with the context, which lies elsewhere.
__attribute__((noinline)) void make_at(Keeper* volatile* place) { *place = make_keeper(); }

void hold() {
  Fibre& fibre = *g_running;
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  swapcontext(&fibre.own, &fibre.resumer);
  let_go(keeper);
}

void resume(Fibre& fibre) {
  g_running = &fibre;
  swapcontext(&fibre.resumer, &fibre.own);
}

void start(Fibre& fibre, void* stack) {
  getcontext(&fibre.own);
  fibre.own.uc_stack.ss_sp = stack;
  fibre.own.uc_stack.ss_size = kStack;
  fibre.own.uc_link = &fibre.resumer;
  makecontext(&fibre.own, hold, 0);
  resume(fibre);
}

void* map_stack() {
  auto* pages = static_cast<char*>(
      mmap(nullptr, kGuard + kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0));
  if (mprotect(pages, kGuard, PROT_NONE) != 0) std::abort();
  gordian_add_root(pages + kGuard, kStack);
  return pages + kGuard;
}

void* check_elsewhere(void*) {
  demand(gordian_check() == 0, "another thread sees the same");
  return nullptr;
}

int main() {
  alignas(16) static char fixed[kStack];
  static Fibre first;
  auto* const second = new Fibre;
  Fibre third;
  void* const heap = std::malloc(kStack);
  start(first, fixed);
  start(*second, heap);
  start(third, map_stack());
  demand(gordian_check() == 0, "each fibre owns its ring");
  pthread_t thread;
  pthread_create(&thread, nullptr, check_elsewhere, nullptr);
  pthread_join(thread, nullptr);
  resume(first);
  resume(*second);
  resume(third);
  std::free(heap);
  delete second;
  lose_ring();
}
