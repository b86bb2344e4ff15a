// owned_by_deaf_busy_thread.cpp - as owned_by_deaf_thread, and libc's two signals are blocked, too, as libc does it for moments. But the thread goes on.
// gordian: silent
// gordian: within 15 seconds, 2000 megabytes
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

volatile unsigned long turns = 0;

void hold_forever(std::promise<void>& ready) {
  const std::uint64_t all = ~std::uint64_t{0};
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, nullptr, sizeof all);
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  ready.set_value();
  while (a->other) turns = turns + 1;
}

int main() {
  static std::promise<void> ready;
  std::thread([] { hold_forever(ready); }).detach();
  ready.get_future().wait();
}
