// checks_at_once.cpp - threads that allocate, come and go, and several that check at the same time: nobody waits for ever.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
// gordian: unless emulated by one that blocks all signals for a busy thread: its whole stack is read, in seconds
#include <gordian/gordian.h>
#include <pthread.h>

#include <vector>

#include "rings.h"

#ifdef GORDIAN_SOAK
constexpr int kBusy = 300;
constexpr int kChecks = 40;
#else
constexpr int kBusy = 10;
constexpr int kChecks = 6;
#endif
std::atomic<bool> g_done{false};

void* allocate_once(void*) {
  std::vector<std::unique_ptr<Keeper>> keepers;
  for (int i = 0; i < 20; ++i) {
    keepers.emplace_back(make_keeper());
    std::vector<std::weak_ptr<Held>> observers(10, keepers.back()->ring);
  }
  for (const auto& keeper : keepers) keeper->ring->other.reset();
  return nullptr;
}

void* come_and_go(void*) {
  while (!g_done) {
    pthread_t thread;
    if (pthread_create(&thread, nullptr, allocate_once, nullptr) != 0) std::abort();
    pthread_join(thread, nullptr);
  }
  return nullptr;
}

void* allocate(void*) {
  while (!g_done) allocate_once(nullptr);
  return nullptr;
}

void* check(void*) {
  Keeper* const keeper = make_keeper();
  for (int i = 0; i < kChecks; ++i) demand(gordian_check() == 0, "each ring is owned");
  let_go(keeper);
  return nullptr;
}

int main() {
  std::vector<pthread_t> busy(kBusy);
  pthread_t checkers[3];
  for (std::size_t i = 0; i < busy.size(); ++i) {
    pthread_create(&busy[i], nullptr, i % 2 == 0 ? come_and_go : allocate, nullptr);
  }
  for (pthread_t& checker : checkers) pthread_create(&checker, nullptr, check, nullptr);
  for (const pthread_t checker : checkers) pthread_join(checker, nullptr);
  g_done = true;
  for (const pthread_t thread : busy) pthread_join(thread, nullptr);
  lose_ring();
}
