// fork_busy_threads.cpp - forking while other threads allocate leaves no lock held in the child.
// gordian: prints 30
// gordian: silent
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

std::atomic<bool> done{false};

void allocate() {
  while (!done) {
    auto number = std::make_shared<int>(1);
    std::weak_ptr<int> ref = number;
  }
}

int main() {
  std::thread one(allocate), two(allocate);
  int ended_well = 0;
  for (int i = 0; i < 30; ++i) {
    if (fork() == 0) _exit(*std::make_shared<int>(0));
    int status = 1;
    wait(&status);
    ended_well += status == 0 ? 1 : 0;
  }
  done = true;
  one.join();
  two.join();
  std::printf("%d\n", ended_well);
}
