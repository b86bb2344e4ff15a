// owned_by_raw_thread_local.cpp - a thread_local of main's points to a shared_ptr on the heap.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

thread_local std::shared_ptr<Obj>* keeper;

int main() {
  keeper = new std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->other = std::make_shared<Obj>();
  (*keeper)->other->other = *keeper;
}
