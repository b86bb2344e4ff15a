// ring_below_mapped_stack.cpp - a thread runs on a stack of the program's own from mmap(), with a guard: what frames that are
// gone have left below is no owner.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Node
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>

#include <cstdlib>
#include <memory>

struct Node {
  std::shared_ptr<Node> other;
};

sem_t g_waits, g_never;

__attribute__((noinline)) void make_ring() {
  char deep[4096];  // what run() calls next does not reach so far down
  asm volatile("" : : "r"(deep) : "memory");
  auto node = std::make_shared<Node>();
  node->other = std::make_shared<Node>();
  node->other->other = node;
}

void* run(void*) {
  make_ring();
  sem_post(&g_waits);
  while (sem_wait(&g_never) != 0) {
  }
  return nullptr;
}

int main() {
  constexpr std::size_t kGuard = 4096, kSize = 256 << 10;
  sem_init(&g_waits, 0, 0);
  sem_init(&g_never, 0, 0);
  void* p = mmap(nullptr, kGuard + kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (p == MAP_FAILED || mprotect(p, kGuard, PROT_NONE) != 0) std::abort();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, static_cast<char*>(p) + kGuard, kSize);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, nullptr) != 0) std::abort();
  while (sem_wait(&g_waits) != 0) {
  }
}
