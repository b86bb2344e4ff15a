// owned_by_end_pointer.cpp - a global keeps the end of an array, not its start.
// gordian: silent
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

std::shared_ptr<Obj>* g_end;

int main() {
  auto* handles = new std::shared_ptr<Obj>[4];
  for (int i = 0; i < 4; ++i) {
    handles[i] = std::make_shared<Obj>();
    handles[i]->self = handles[i];
  }
  g_end = handles + 4;
}
