// ring_beside_saved_handlers.cpp - a program that keeps the signal handlers it has replaced keeps with them what libc leaves
// unwritten: words of its stack. A pointer among them owns nothing.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::all
#include <signal.h>

#include <cstdlib>
#include <memory>
#include <vector>

struct Obj {
  std::vector<std::shared_ptr<Obj>> all;
};

struct sigaction g_before[2];

__attribute__((noinline)) void fill_below(void* with) {
  void* volatile room[1024];
  for (void* volatile& word : room) word = with;
}

// The pointer is to the vector's memory, which holds the object.
__attribute__((noinline)) void lose_ring() {
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->all.push_back(obj);
  fill_below(obj->all.data());
  sigaction(SIGUSR1, nullptr, &g_before[0]);
  fill_below(nullptr);
}

int main() {
  struct sigaction own = {};
  own.sa_handler = SIG_IGN;
  sigaddset(&own.sa_mask, SIGUSR2);
  sigaddset(&own.sa_mask, SIGRTMAX);
  sigaction(SIGUSR1, &own, nullptr);
  lose_ring();
  sigaction(SIGUSR1, nullptr, &g_before[1]);
  for (const struct sigaction& before : g_before) {
    if (before.sa_handler != SIG_IGN || !sigismember(&before.sa_mask, SIGUSR2) || !sigismember(&before.sa_mask, SIGRTMAX) ||
        sigismember(&before.sa_mask, SIGTERM)) {
      std::_Exit(9);
    }
  }
  fill_below(nullptr);
}
