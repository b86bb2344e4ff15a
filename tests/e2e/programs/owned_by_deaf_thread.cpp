// owned_by_deaf_thread.cpp - a thread blocks every signal by the system call, also libc's own: it cannot be paused; its locals own the ring.
// gordian: silent
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

void hold_forever(std::promise<void>& ready) {
  const std::uint64_t all_but_cancellation = ~(std::uint64_t{1} << 31);  // with the one that pthread_sigmask() leaves out
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_but_cancellation, nullptr, sizeof all_but_cancellation);
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  ready.set_value();
  while (a->other) pause();
}

int main() {
  static std::promise<void> ready;
  std::thread([] { hold_forever(ready); }).detach();
  ready.get_future().wait();
}
