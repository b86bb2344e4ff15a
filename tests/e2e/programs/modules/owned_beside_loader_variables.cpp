// owned_beside_loader_variables.cpp - the twin of ring_beside_loader_variables.cpp: a global that is never destroyed owns the ring.
// gordian: silent
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

std::shared_ptr<Obj>& owner = *new std::shared_ptr<Obj>;

int main() {
  owner = std::make_shared<Obj>();
  owner->other = std::make_shared<Obj>();
  owner->other->other = owner;
  setenv("LD_TRACE_LOADED_OBJECTS", "1", 1);
  setenv("LD_SHOW_AUXV", "1", 1);
  setenv("LD_DEBUG", "all", 1);
  if (const char* path = std::getenv("LIBRARIES_OF_OTHERS")) setenv("LD_LIBRARY_PATH", path, 1);
  if (std::getenv("LIBRARIES_OF_ITS_OWN") != nullptr) unsetenv("LD_LIBRARY_PATH");
}
