// user_root.cpp - memory of the program's own making that it declared as a root owns the ring.
// gordian: silent
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
  auto* keeper = new (pool) std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->self = *keeper;
}
