// ring_beside_signal_thread.cpp - a thread takes the program's signals by sigwait(); gordian sends it none.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: unless emulated by one that tells of its own system calls, not of the program's: who is in sigwait() is not known
#include <unistd.h>

#include <csignal>
#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);  // the first thread, too, as such programs do
  static std::promise<void> ready;
  std::thread([all] {
    int number = 0;
    ready.set_value();
    sigwait(&all, &number);
    _exit(number);
  }).detach();
  ready.get_future().wait();
  usleep(20000);                       // it waits, most likely; if not, the test passes all the same
  auto obj = std::make_shared<Obj>();  // (made here)
  obj->self = obj;
}
