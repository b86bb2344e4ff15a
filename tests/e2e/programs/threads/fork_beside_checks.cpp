// fork_beside_checks.cpp - fork() begins while a thread checks that has the lock which it waits for, with gordian's: nobody waits for ever. Where
// it begins in the very moment that the check does, that may find nothing.
// gordian: exit 23
// gordian: prints each check has come back
// gordian: any report
#include <gordian/gordian.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "early_fork_handler.h"
#include "rings.h"

int main() {
  constexpr int kRounds = 30, kMostMicroseconds = 3000;
  for (int i = 0; i < kRounds; ++i) {
    std::atomic<bool> has_lock{false};
    lose_ring();
    std::thread owner([&has_lock] {
      pthread_mutex_lock(&g_lock);
      has_lock = true;
      demand(gordian_check() != 0, "it finds the ring, or says that it cannot");
      pthread_mutex_unlock(&g_lock);
    });
    while (!has_lock) std::this_thread::yield();
    usleep(static_cast<useconds_t>(kMostMicroseconds / kRounds * i));
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    owner.join();
  }
  std::puts("each check has come back");
}
