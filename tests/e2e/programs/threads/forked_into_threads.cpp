// forked_into_threads.cpp - a child starts threads, on the very stacks of its parent's, which owned what the child has now: by a local, by
// thread-local data. What the child loses itself is found.
// gordian: prints its parent's 0, its own 23
// gordian: silent
// gordian: unless emulated by one that has a thread of its own, which may own anything
#include <thread>
#include <vector>

#include "rings.h"
#include "silent_child.h"

constexpr int kThreads = 4;
thread_local Keeper* t_keeper = nullptr;

// What was on the stack is overwritten.
void use_stack(std::atomic<int>& started) {
  volatile char room[16384];
  for (volatile char& byte : room) byte = 1;
  ++started;
  while (started < kThreads) std::this_thread::yield();
}

// All run at once: each has a stack of its own.
void run_threads() {
  std::atomic<int> started{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&started] { use_stack(started); });
  for (std::thread& thread : threads) thread.join();
}

int main() {
  std::atomic<int> made{0};
  std::atomic<bool> forked{false};
  std::vector<std::thread> owners;
  for (int i = 0; i < 2; ++i) {
    owners.emplace_back([&] {
      Keeper* volatile keeper = make_keeper();
      t_keeper = make_keeper();
      ++made;
      while (!forked) std::this_thread::yield();
      let_go(keeper);
      let_go(t_keeper);
    });
  }
  while (made < 2) std::this_thread::yield();
  const int of_parent = status_of_child(run_threads);
  const int own = status_of_child([] {
    run_threads();
    lose_ring();
  });
  forked = true;
  for (std::thread& owner : owners) owner.join();
  std::printf("its parent's %d, its own %d\n", of_parent, own);
}
