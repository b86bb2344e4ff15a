// held_malloc.cpp - a thread stays in an allocator, with its lock in hand, and others wait for that, while gordian looks and while the program
// ends (tested by e2e.allocators).
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <memory>

extern "C" void hold_malloc();
extern "C" int held();

#ifdef GORDIAN_LIBRARY  // the allocator
extern "C" void* __libc_malloc(std::size_t size);

namespace {
pthread_mutex_t g_lock = PTHREAD_MUTEX_INITIALIZER;
std::atomic<int> g_held{0};
}  // namespace

extern "C" void* malloc(std::size_t size) {
  pthread_mutex_lock(&g_lock);
  void* const block = __libc_malloc(size);
  pthread_mutex_unlock(&g_lock);
  return block;
}
// For good.
void hold_malloc() {
  pthread_mutex_lock(&g_lock);
  g_held = 1;
  for (;;) pthread_mutex_lock(&g_lock);
}
int held() { return g_held; }

#else

struct Owned {
  std::shared_ptr<Owned> self;
};
struct Lost {
  std::shared_ptr<Lost> other;
};

template <class T>
__attribute__((noinline)) std::shared_ptr<T> make() {
  return std::make_shared<T>();
}

std::atomic<int> g_started{0};

// Owned by a local of the thread's.
__attribute__((noinline)) void stay(void (*how)()) {
  std::shared_ptr<Owned> owned = make<Owned>();
  owned->self = owned;
  ++g_started;
  while (g_started < 3) sched_yield();
  how();
  owned->self.reset();
}

void want_malloc() {
  while (held() == 0) sched_yield();
  ++g_started;
  void* volatile const never = std::malloc(100);
  std::free(never);
}

__attribute__((noinline)) void lose_ring() {
  const auto a = make<Lost>();
  a->other = make<Lost>();
  a->other->other = a;
}

int main(int count, char**) {
  // Where gordian is linked or preloaded.
  const auto check = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "gordian_check"));
  if (count == 1) lose_ring();
  using How = void (*)();
  constexpr How kHow[] = {hold_malloc, want_malloc, want_malloc};
  for (const How how : kHow) {
    const auto run = [](void* argument) -> void* {
      stay(reinterpret_cast<How>(argument));
      return nullptr;
    };
    pthread_t thread;
    if (pthread_create(&thread, nullptr, run, reinterpret_cast<void*>(how)) != 0) return 1;
    pthread_detach(thread);
  }
  while (g_started < 5) sched_yield();
  if (write(STDOUT_FILENO, "held\n", 5) != 5) return 1;
  for (int i = 0; check != nullptr && i < 3; ++i) {
    if ((check() != 0) != (count == 1)) return 2;
  }
}
#endif
