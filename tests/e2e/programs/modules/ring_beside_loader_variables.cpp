// ring_beside_loader_variables.cpp - by the time it ends, its environment has what makes the loader do other than run a program.
// gordian: cycle proved objects=2 instances=1 of=Obj members=Obj::other
// gordian: exit 23
#include <cstdlib>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

void make_ring() {
  auto a = std::make_shared<Obj>();
  a->other = std::make_shared<Obj>();
  a->other->other = a;
}

int main() {
  make_ring();
  setenv("LD_TRACE_LOADED_OBJECTS", "1", 1);  // would list libraries, with status 0
  setenv("LD_SHOW_AUXV", "1", 1);
  setenv("LD_DEBUG", "all", 1);
  if (const char* path = std::getenv("LIBRARIES_OF_OTHERS")) setenv("LD_LIBRARY_PATH", path, 1);
  if (std::getenv("LIBRARIES_OF_ITS_OWN") != nullptr) unsetenv("LD_LIBRARY_PATH");
}
