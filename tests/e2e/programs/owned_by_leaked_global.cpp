// owned_by_leaked_global.cpp - a shared_ptr that is never destroyed owns the ring.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::shared_ptr<Obj>* keeper;

int main() {
  keeper = new std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->other = std::make_shared<Obj>();
  (*keeper)->other->other = *keeper;
}
