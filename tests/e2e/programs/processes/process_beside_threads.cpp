// process_beside_threads.cpp - a thread that nobody joins is there when globals are destroyed: process_beside_threads uses|reads leak|clean
//   uses   the globals, and without gordian the process is gone before it has turned round a few times
//   reads  all that comes to standard error, which is a pipe here, and passes nothing on
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "ring.h"

std::atomic<bool> g_gone{false};
struct Globals {
  ~Globals() { g_gone = true; }
} globals;

[[noreturn]] void use_globals() {
  constexpr int kMostTurns = 30;
  for (int turns = 0;; turns += g_gone ? 1 : 0) {
    usleep(10'000);
    if (turns == kMostTurns) std::abort();
  }
}

[[noreturn]] void read_all(int from) {
  char text[4096];
  while (read(from, text, sizeof text) > 0) {}
  std::abort();
}

int main(int, char** argv) {
  if (std::strcmp(argv[1], "uses") == 0) {
    std::thread(use_globals).detach();
  } else {
    int ends[2];
    if (pipe(ends) != 0 || dup2(ends[1], STDERR_FILENO) != STDERR_FILENO) return 1;
    std::thread(read_all, ends[0]).detach();
  }
  make_ring(argv[2]);
  wipe_stack();
  std::puts("main");
}
