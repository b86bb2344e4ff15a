// ring_below_stack.cpp - threads wait on fibres. The stack of one lies in one mapping with a block, right above it and with no guard
// page between, that of the other is a block of the heap. What lies below them is none of them: its rings are found, while what the
// threads own by their locals stays owned.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Wide
// gordian: cycle proved objects=1 instances=1 of=Narrow
// gordian: unless emulated by one that takes the lowest hole that is large enough, not the highest
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "rings.h"

constexpr std::size_t kStack = 256 << 10;
constexpr std::size_t kHole = 1 << 20;  // below the stack, for the block
constexpr std::size_t kWide = 256 << 10;  // malloc() maps what is as large
constexpr int kMostTries = 100;

// Rings through plain blocks: of those a mere word tells that they are owned.
template <class Whole>
struct Part {
  std::shared_ptr<Whole> whole;
};
struct Wide {
  std::unique_ptr<Part<Wide>> part;
  char room[kWide];
};
struct Narrow {
  std::unique_ptr<Part<Narrow>> part;
};

template <class Whole>
void close(const std::shared_ptr<Whole>& whole) {
  whole->part = std::make_unique<Part<Whole>>();
  whole->part->whole = whole;
}

std::atomic<int> g_waiting{0};

__attribute__((noinline)) void make_at(Keeper* volatile* place) { *place = make_keeper(); }

void wait_for_ever() {
  ++g_waiting;
  while (true) pause();
}

struct Fibre {
  char stack[64 << 10];
  ucontext_t outer, inner;
};

void* own_and_wait_on(void* of_thread) {
  Keeper* volatile keeper = nullptr;
  make_at(&keeper);
  Fibre& fibre = *static_cast<Fibre*>(of_thread);
  getcontext(&fibre.inner);
  fibre.inner.uc_stack.ss_sp = fibre.stack;
  fibre.inner.uc_stack.ss_size = sizeof fibre.stack;
  fibre.inner.uc_link = &fibre.outer;
  makecontext(&fibre.inner, wait_for_ever, 0);
  swapcontext(&fibre.outer, &fibre.inner);
  let_go(keeper);
  return nullptr;
}

void start(void* stack, Fibre& fibre) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, kStack);
  if (pthread_create(&thread, &attributes, own_and_wait_on, &fibre) != 0) std::abort();
}

// The kernel takes the highest hole that is large enough: those above the stack are filled first.
__attribute__((noinline)) void lose_ring_below(char* stack) {
  static std::shared_ptr<Wide> others[kMostTries];
  for (auto& other : others) {
    other = std::make_shared<Wide>();
    if (other->room < stack) break;
  }
  munmap(stack - kHole, kHole);
  const auto wide = std::make_shared<Wide>();
  const std::ptrdiff_t between = stack - wide->room - sizeof wide->room;
  demand(between >= 0 && between < 4096, "the block lies right below the stack");
  close(wide);
}

__attribute__((noinline)) void* lose_ring_and_get_stack() {
  close(std::make_shared<Narrow>());
  mallopt(M_MMAP_THRESHOLD, 2 * kStack);
  return std::malloc(kStack);
}

int main() {
  static Fibre fibres[2];
  void* const pages = mmap(nullptr, kHole + kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char* const stack = static_cast<char*>(pages) + kHole;
  start(stack, fibres[0]);
  while (g_waiting < 1) usleep(1000);
  lose_ring_below(stack);
  start(lose_ring_and_get_stack(), fibres[1]);
  while (g_waiting < 2) usleep(1000);
}
