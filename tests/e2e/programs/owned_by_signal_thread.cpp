// owned_by_signal_thread.cpp - a thread that takes the program's signals cannot be paused; it owns the ring.
// gordian: silent
// gordian: unless emulated by one that tells of its own system calls, not of the program's: who is in sigwait() is not known
#include <unistd.h>

#include <csignal>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

void take_signals(const sigset_t& all, std::promise<void>& ready) {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  int number = 0;
  ready.set_value();
  while (a->other && sigwait(&all, &number) == 0) _exit(number);
}

int main() {
  static sigset_t all;
  static std::promise<void> ready;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  std::thread([] { take_signals(all, ready); }).detach();
  ready.get_future().wait();
  usleep(20000);  // it waits, most likely; if not, the test passes all the same
}
