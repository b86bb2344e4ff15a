// ring_beside_watchdog.cpp - a cycle is reported, and the watchdog that waits for a hanging test does not go off.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: unless emulated by one that tells of its own system calls, not of the program's: they are not taken up again
#include <unistd.h>

#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  std::thread([] {
    sleep(300);
    _exit(9);
  }).detach();
  auto obj = std::make_shared<Obj>();
  obj->self = obj;
  usleep(10000);
}
