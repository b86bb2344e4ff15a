// captures_in_handlers.cpp - allocations in signal handlers: the two ways to capture a stack agree on each.
// gordian: options unwinder=both:block_stacks=1
// gordian: prints done
// gordian: silent
// gordian: unless emulated by one that lays no code in a module for handlers to return to: a stack ends there
#include <signal.h>
#include <stdlib.h>

#include <cstdio>
#include <memory>
#include <string>

__attribute__((noinline)) void allocate() {
  auto owned = std::make_shared<std::string>("a text that is too long for a short string");
  const std::weak_ptr<std::string> seen = owned;
  if (seen.expired()) abort();
}

void on_signal(int) { allocate(); }  // nobody should; many do

int main() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGUSR1, &action, nullptr);
  raise(SIGUSR1);
  static char room[65536];
  stack_t other{};
  other.ss_sp = room;
  other.ss_size = sizeof room;
  sigaltstack(&other, nullptr);
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR2, &action, nullptr);
  raise(SIGUSR2);
  std::printf("done\n");
}
