// foreign_lock.cpp - a thread that has the lock of an allocator of its own, and others that wait for it, while gordian looks.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>

#include <cstddef>
#include <new>

#include "rings.h"

pthread_mutex_t g_pool_lock = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t g_stay = PTHREAD_MUTEX_INITIALIZER;
std::atomic<int> g_started{0};

// An arena with a lock, as pools have.
template <class T>
struct Pool {
  using value_type = T;
  Pool() = default;
  template <class U>
  Pool(const Pool<U>&) {}
  T* allocate(std::size_t count) {
    pthread_mutex_lock(&g_pool_lock);
    void* const place = ::operator new(count * sizeof(T));
    pthread_mutex_unlock(&g_pool_lock);
    return static_cast<T*>(place);
  }
  void deallocate(T* place, std::size_t) { ::operator delete(place); }
  bool operator==(const Pool&) const { return true; }
  bool operator!=(const Pool&) const { return false; }
};

void* have_lock(void*) {
  pthread_mutex_lock(&g_pool_lock);
  Keeper* const keeper = make_keeper();
  ++g_started;
  pthread_mutex_lock(&g_stay);
  let_go(keeper);
  pthread_mutex_unlock(&g_stay);
  pthread_mutex_unlock(&g_pool_lock);
  return nullptr;
}

void* want_lock(void*) {
  Keeper* const keeper = make_keeper();
  ++g_started;
  auto pooled = std::allocate_shared<Held>(Pool<Held>());
  pooled.reset();
  let_go(keeper);
  return nullptr;
}

int main() {
  pthread_mutex_lock(&g_stay);
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], nullptr, i == 0 ? have_lock : want_lock, nullptr);
  while (g_started < 4) sched_yield();
  for (int i = 0; i < 5; ++i) demand(gordian_check() == 0, "each ring is owned");
  pthread_mutex_unlock(&g_stay);
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  lose_ring();
}
