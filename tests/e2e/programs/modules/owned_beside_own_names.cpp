// owned_beside_own_names.cpp - likewise, where a global owns the ring, and a thread is paused for the check.
// gordian: silent
// gordian: prints done
#include <atomic>
#include <thread>

#include "own_names.hpp"

static auto& global = *new std::shared_ptr<Obj>;  // is not destroyed

int main() {
  global = std::make_shared<Obj>();
  global->self = global;
  static std::atomic<bool> runs{false};
  std::thread([] {
    for (runs = true;;) {
    }
  }).detach();
  while (!runs) {
  }
  std::puts("done");
}
