// owned_by_thread_stack.cpp - a local variable of a thread that still runs owns the ring.
// gordian: silent
#include <unistd.h>

#include <future>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

void hold_forever(std::promise<void>& ready) {
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
