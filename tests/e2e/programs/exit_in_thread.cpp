// exit_in_thread.cpp - another thread calls exit() while main waits: main's locals still own the ring.
// gordian: silent
#include <cstdlib>
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

int main() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
  std::thread leaver([] { std::exit(0); });
  leaver.join();
  a->other.reset();
}
