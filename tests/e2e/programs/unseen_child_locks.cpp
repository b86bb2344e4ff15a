// unseen_child_locks.cpp - children that nobody told of declare a root or fork before all else, while threads of the
// parent's held the runtime's locks: none waits for a thread that it does not have.
// gordian: prints hung 0
// gordian: silent
// gordian: unless emulated by one that does not clear pages in a child: who is forked past fork() is taken for its parent
#include <gordian/gordian.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

// Not by alarm(): who waits for a lock may hold signals. Half a minute is for a machine that is busy.
bool ends(pid_t child) {
  for (int i = 0; i < 30000; ++i) {
    if (waitpid(child, nullptr, WNOHANG) == child) return true;
    usleep(1000);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return false;
}

int main() {
  static long place[2];
  std::atomic<bool> done = false;
  std::thread busy([&] {
    while (!done) {
      gordian_add_root(place, sizeof place);
      gordian_remove_root(place);
    }
  });
  int hung = 0;
  for (int i = 0; i < 200; ++i) {
    const pid_t child = _Fork();
    if (child == 0) {
      if (i % 2 == 0) {
        gordian_add_root(place, sizeof place);
      } else if (const pid_t grandchild = fork(); grandchild == 0) {
        _exit(0);
      }
      _exit(0);
    }
    if (!ends(child)) {
      hung = 1;
      break;
    }
  }
  done = true;
  busy.join();
  std::printf("hung %d\n", hung);
}
