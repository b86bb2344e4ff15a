// main_ended_first.cpp - main ends by pthread_exit; the last thread's end is the program's.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
// gordian: unless emulated by one that stops at an assertion of its own there (qemu 7.2: cpu == current_cpu)
#include <pthread.h>
#include <unistd.h>

#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  std::thread([] {
    usleep(50000);
    auto obj = std::make_shared<Obj>();  // (made here)
    obj->self = obj;
  }).detach();
  pthread_exit(nullptr);
}
