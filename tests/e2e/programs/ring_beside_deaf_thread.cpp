// ring_beside_deaf_thread.cpp - the twin of owned_by_deaf_thread.cpp: such a thread hides nobody else's ring, nor does one
// beside it that can be paused.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> self;
};

void wait_forever(std::promise<void>& ready) {
  const std::uint64_t all_but_cancellation = ~(std::uint64_t{1} << 31);  // with the one that pthread_sigmask() leaves out
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_but_cancellation, nullptr, sizeof all_but_cancellation);
  ready.set_value();
  for (;;) pause();
}

int main() {
  static std::promise<void> ready;
  std::thread([] { wait_forever(ready); }).detach();
  ready.get_future().wait();
  static std::promise<void> hearing;
  std::thread([] {
    hearing.set_value();
    for (;;) pause();
  }).detach();
  hearing.get_future().wait();
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
