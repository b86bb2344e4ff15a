// ring_beside_signalfd.cpp - a thread reads the program's signals from a descriptor; gordian sends it none.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: unless emulated by one that knows no clone without an exit signal: the program is sent a SIGCHLD
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> self;
};

void read_signals(std::promise<void>& ready) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  const int signals = signalfd(-1, &all, 0);
  ready.set_value();
  signalfd_siginfo info;
  if (read(signals, &info, sizeof info) > 0) _exit(static_cast<int>(info.ssi_signo));
}

int main() {
  static std::promise<void> ready;
  std::thread([] { read_signals(ready); }).detach();
  ready.get_future().wait();
  usleep(20000);                       // it reads, most likely; if not, the test passes all the same
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
