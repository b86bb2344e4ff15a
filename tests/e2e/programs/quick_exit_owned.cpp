// quick_exit_owned.cpp - quick_exit destroys no globals, and they own as before: the twin of quick_exit.cpp.
// gordian: silent
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> self;
};

std::shared_ptr<Obj> keeper;

int main() {
  keeper = std::make_shared<Obj>();
  keeper->self = keeper;
  std::quick_exit(0);
}
