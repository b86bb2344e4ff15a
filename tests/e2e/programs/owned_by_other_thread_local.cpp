// owned_by_other_thread_local.cpp - a thread_local of another thread, still running, owns the ring.
// gordian: silent
#include <unistd.h>

#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

thread_local std::shared_ptr<Obj> keeper;

void hold_forever(std::promise<void>& ready) {
  keeper = std::make_shared<Obj>();
  keeper->other = std::make_shared<Obj>();
  keeper->other->other = keeper;
  ready.set_value();
  for (;;) pause();
}

int main() {
  static std::promise<void> ready;
  std::thread([] { hold_forever(ready); }).detach();
  ready.get_future().wait();
}
