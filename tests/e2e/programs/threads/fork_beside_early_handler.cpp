// fork_beside_early_handler.cpp - fork() waits, with gordian's locks, for a lock of the program's whose owner allocates by ways that gordian has
// not seen before, maps memory, checks, and closes a library.
// gordian: prints the child ended with 0
// gordian: exit 23
// gordian: says a fork() has kept gordian's locks for ten seconds: it may wait for one of the thread that checks. Nothing was checked
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "early_fork_handler.h"
#include "new_ways.h"
#include "rings.h"

std::atomic<bool> g_has_lock{false};

void map_and_unmap() {
  constexpr std::size_t kPage = 4096;
  void* pages = mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pages = mremap(pages, kPage, 2 * kPage, MREMAP_MAYMOVE);
  demand(pages != MAP_FAILED && munmap(pages, 2 * kPage) == 0, "the calls do what they do");
}

int main() {
  void* const library = dlopen("libresolv.so.2", RTLD_NOW);
  std::thread owner([library] {
    pthread_mutex_lock(&g_lock);
    g_has_lock = true;
    while (!g_fork_waits) std::this_thread::yield();
    allocate_in_new_ways<20>();
    map_and_unmap();
    demand(gordian_check() == -1, "nothing is checked");
    demand(dlclose(library) == 0, "it is closed");
    release();
  });
  while (!g_has_lock) std::this_thread::yield();
  Keeper* const keeper = make_keeper();
  const pid_t child = fork();
  if (child == 0) _exit(gordian_check());
  int status = -1;
  waitpid(child, &status, 0);
  owner.join();
  demand(gordian_check() == 0, "a local owns it");
  std::printf("the child ended with %d\n", WEXITSTATUS(status));
  let_go(keeper);
  lose_ring();
}
