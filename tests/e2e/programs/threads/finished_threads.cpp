// finished_threads.cpp - threads have ended, and what they return is owned until they are joined: on stacks of libc's and of the program's. What a
// detached one returned nobody can ask for any more.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: orphan proved instances=1 of=Held
#include <gordian/gordian.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rings.h"

std::atomic<int> g_returning{0};

void* keep(void* how) {
  Keeper* const keeper = make_keeper();
  ++g_returning;
  if (how != nullptr) pthread_exit(keeper);
  return keeper;
}
void* lose(void*) {
  ++g_returning;
  return new Keeper{std::make_shared<Held>()};
}

int main() {
  constexpr std::size_t kStack = 1 << 18;
  pthread_attr_t own, detached;
  pthread_attr_init(&own);
  void* const stack = mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_attr_setstack(&own, stack, kStack);
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_t threads[3], other;
  pthread_create(&threads[0], nullptr, keep, nullptr);
  pthread_create(&threads[1], nullptr, keep, &own);
  pthread_create(&threads[2], &own, keep, nullptr);
  while (g_returning < 3) usleep(1000);
  usleep(100000);
  for (int i = 0; i < 3; ++i) demand(gordian_check() == 0, "what threads returned is owned");
  pthread_create(&other, &detached, lose, nullptr);
  while (g_returning < 4) usleep(1000);
  for (const pthread_t thread : threads) {
    void* keeper = nullptr;
    pthread_join(thread, &keeper);
    let_go(static_cast<Keeper*>(keeper));
  }
  usleep(100000);
  lose_ring();
}
