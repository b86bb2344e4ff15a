// owned_by_deaf_thread.cpp - a thread that blocks every signal cannot be paused; its locals own the ring.
// gordian: silent
#include <unistd.h>

#include <csignal>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

void hold_forever(std::promise<void>& ready) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
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
