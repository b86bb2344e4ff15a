// thread_local_destroyed.cpp - the thread whose thread_local owned the ring has ended: the twin of
// owned_by_other_thread_local.cpp.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other
#include <memory>
#include <thread>

struct Obj {
  std::shared_ptr<Obj> other;
};

thread_local std::shared_ptr<Obj> keeper;

void hold_for_a_while() {
  keeper = std::make_shared<Obj>();         // (made here)
  keeper->other = std::make_shared<Obj>();  // (made here)
  keeper->other->other = keeper;
}

int main() {
  std::thread(hold_for_a_while).join();
}
