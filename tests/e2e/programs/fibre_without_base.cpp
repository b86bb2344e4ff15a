// fibre_without_base.cpp - fibres whose first frame returns nowhere, and a handler on a small stack.
// gordian: options block_stacks=1
// gordian: prints done
// gordian: silent
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "fibre/start_on.h"

__attribute__((noinline)) void allocate() {
  for (int i = 0; i < 2; ++i) std::make_shared<int>(i);
  asm volatile("");
}

void fibre() {
  allocate();
  switch_back();
}

void on_signal(int) { std::make_shared<int>(1); }  // nobody should; many do

int main() {
  alignas(16) static char room[65536];
  auto* base = reinterpret_cast<const void**>(room + sizeof room - 64) - 1;
  const void* const returned_to[] = {nullptr, first_frame, nullptr, first_frame};
  for (const void* address : returned_to) {
    *base = address;
    start_on(base, fibre);
  }
  stack_t other{};
  other.ss_size = static_cast<std::size_t>(sysconf(_SC_MINSIGSTKSZ)) + 5120;
  other.ss_sp = std::malloc(other.ss_size);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK;
  if (sigaltstack(&other, nullptr) != 0 || sigaction(SIGUSR1, &action, nullptr) != 0) return 1;
  raise(SIGUSR1);
  std::printf("done\n");
  std::fflush(stdout);
  static void* volatile kept = other.ss_sp;
  (void)kept;
}
