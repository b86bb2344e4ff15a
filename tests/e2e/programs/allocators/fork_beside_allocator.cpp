// fork_beside_allocator.cpp - an allocator maps memory with its lock in hand, while another thread's fork() waits for that lock. It has asked
// for pthread_atfork() before any constructor has run, so its handler comes behind gordian's.
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

extern "C" void map_while_fork_waits();
extern "C" bool has_lock();

#ifdef GORDIAN_LIBRARY  // the allocator
extern "C" void* __libc_malloc(std::size_t size);

namespace {
pthread_mutex_t g_lock = PTHREAD_MUTEX_INITIALIZER;
std::atomic<bool> g_registered{false}, g_has_lock{false}, g_fork_waits{false};

void prepare() {
  g_fork_waits = true;
  pthread_mutex_lock(&g_lock);
}
void release() { pthread_mutex_unlock(&g_lock); }
}  // namespace

extern "C" void* malloc(std::size_t size) {
  if (!g_registered.exchange(true)) pthread_atfork(prepare, release, release);
  pthread_mutex_lock(&g_lock);
  void* const block = __libc_malloc(size);
  release();
  return block;
}

void map_while_fork_waits() {
  pthread_mutex_lock(&g_lock);
  g_has_lock = true;
  while (!g_fork_waits) sched_yield();
  constexpr std::size_t kPage = 4096;
  void* pages = mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pages = mremap(pages, kPage, 2 * kPage, MREMAP_MAYMOVE);
  munmap(pages, 2 * kPage);
  release();
}

bool has_lock() { return g_has_lock; }

#else

static void nothing() {}
extern "C" void (*resolve())() {  // called by the loader
  void* volatile block = std::malloc(1);
  std::free(block);
  return nothing;
}
static void early() __attribute__((ifunc("resolve")));
void (*g_early)() = early;

int main() {
  pthread_t thread;
  const auto map = [](void*) -> void* {
    map_while_fork_waits();
    return nullptr;
  };
  if (pthread_create(&thread, nullptr, map, nullptr) != 0) return 1;
  while (!has_lock()) sched_yield();
  const pid_t child = fork();
  if (child == 0) _exit(0);
  int status = -1;
  waitpid(child, &status, 0);
  pthread_join(thread, nullptr);
  std::printf("forked %d\n", status);
}
#endif
