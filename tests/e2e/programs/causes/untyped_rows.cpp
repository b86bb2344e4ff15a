// untyped_rows.cpp - a world keeps its scripts in rows of which its header does not say what they are; each script owns the world. All
// is said of the one member that has a name.
// gordian: exit 23
// gordian: prints 3 scripts
// gordian: cycle likely objects=1 instances=1 of=World members=World::rows cut=World::rows
// gordian: says cut World::rows: let what it leads to hold std::weak_ptr<World> instead. The object holds itself through it; without it the object is freed.
#include <cstdio>
#include <memory>

struct World {
  void* rows = nullptr;
  int count = 0;
};

struct Script {
  long id;
#ifdef FIXED
  std::weak_ptr<World> world;
#else
  std::shared_ptr<World> world;
#endif
};

int main() {
  auto world = std::make_shared<World>();
  world->rows = new Script[3]{{1, world}, {2, world}, {3, world}};
  world->count = 3;
  std::printf("%d scripts\n", world->count);
#ifdef FIXED
  delete[] static_cast<Script*>(world->rows);
#endif
}
