// user_root_removed.cpp - the ring was let go, and its pool is no root any more: the twin of user_root.cpp.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Obj members=Obj::self
#include <gordian/gordian.h>
#include <sys/mman.h>

#include <memory>
#include <new>

struct Obj {
  std::shared_ptr<Obj> self;
};

int main() {
  void* const pool = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gordian_add_root(pool, 4096);
  auto* keeper = new (pool) std::shared_ptr<Obj>(std::make_shared<Obj>());  // (made here)
  (*keeper)->self = *keeper;
  keeper->~shared_ptr();
  gordian_remove_root(pool);
}
