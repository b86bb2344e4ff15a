// forked_after_threads.cpp - a program's threads have ended, and their stacks, which libc keeps, still lead to what a child loses that is
// forked then. Beside a thread that runs, what its stack owns is lost neither in a child nor in a child's child.
// gordian: prints alone 23, beside a thread 0
// gordian: silent
// gordian: unless emulated by one that has a thread of its own, which may own anything
#include <thread>
#include <vector>

#include "rings.h"
#include "silent_child.h"

Keeper* g_keeper = nullptr;

// Leaves the pointer on the stack of a thread that ends.
__attribute__((noinline)) void look_at(Keeper* keeper) {
  Keeper* volatile seen[64];
  for (auto& word : seen) word = keeper;
  demand(seen[7] == keeper, "it is written");
}

int main() {
  std::thread([] { g_keeper = make_keeper(); }).join();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(look_at, g_keeper);
  for (std::thread& thread : threads) thread.join();
  const int alone = status_of_child([] { g_keeper = nullptr; });
  let_go(g_keeper);

  std::atomic<bool> made{false}, forked{false};
  std::thread owner([&] {
    Keeper* volatile keeper = make_keeper();
    made = true;
    while (!forked) std::this_thread::yield();
    let_go(keeper);
  });
  while (!made) std::this_thread::yield();
  const int beside = status_of_child([] {
    const int in_its_child = status_of_child([] {});
    if (in_its_child != 0) std::_Exit(in_its_child);
  });
  forked = true;
  owner.join();
  std::printf("alone %d, beside a thread %d\n", alone, beside);
}
