// freed_while_read.cpp - a thread that cannot be paused frees what is about to be read, all the time: a ring is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: notes 1 thread could not be paused
// gordian: unless emulated by one that has no process_vm_readv()
#include <gordian/gordian.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <future>
#include <thread>

#include "smash.hpp"

void free_for_ever(std::promise<void>& ready) {
  const std::uint64_t all_but_cancellation = ~(std::uint64_t{1} << 31);  // with the one that pthread_sigmask() leaves out
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_but_cancellation, nullptr, sizeof all_but_cancellation);
  for (unsigned round = 0;; ++round) {
    void* volatile const block = std::malloc(1 << 20);
    std::memset(block, round, 1 << 20);
    std::free(block);
    if (round == 100) ready.set_value();
  }
}

int main() {
  mallopt(M_MMAP_THRESHOLD, 64 << 10);  // for good: each block is mapped, and gone when it is freed
  static std::promise<void> ready;
  std::thread([] { free_for_ever(ready); }).detach();
  ready.get_future().wait();
  for (int i = 0; i < 20; ++i) {
    const int status = gordian_check();
    if (status == 0) continue;
    std::printf("check %d: %d\n", i, status);
    return 1;
  }
  leak_healthy();
}
