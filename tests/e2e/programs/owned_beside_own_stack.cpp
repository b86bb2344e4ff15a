// owned_beside_own_stack.cpp - two threads' stacks lie in one mapping: that of the one that ends the program, and that
// of one which cannot be paused, and owns the ring.
// gordian: silent
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::atomic<bool> g_ready{false};

void* hold_forever(void*) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  std::vector<std::shared_ptr<Obj>> held{std::make_shared<Obj>(), std::make_shared<Obj>()};
  held[0]->other = held[1];
  held[1]->other = held[0];
  g_ready = true;
  while (held[0]->other) pause();
  return nullptr;
}

void* end_program(void*) {
  while (!g_ready) usleep(1000);
  std::exit(0);
}

pthread_t start_on(char* stack, std::size_t size, void* (*function)(void*)) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  if (pthread_attr_setstack(&attributes, stack, size) != 0) std::abort();
  if (pthread_create(&thread, &attributes, function, nullptr) != 0) std::abort();
  return thread;
}

int main() {
  constexpr std::size_t kGuard = 4096;
  constexpr std::size_t kStack = 256 << 10;
  void* const pages =
      mmap(nullptr, kGuard + 2 * kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages, kGuard, PROT_NONE) != 0) return 1;
  char* const low = static_cast<char*>(pages) + kGuard;
  start_on(low, kStack, hold_forever);
  pthread_join(start_on(low + kStack, kStack, end_program), nullptr);
}
