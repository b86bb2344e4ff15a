// owned_by_root_in_heap.cpp - a declared root that lies in the heap: all of its block owns. Nothing else points there.
// gordian: silent
#include <gordian/gordian.h>

#include <cstdlib>
#include <memory>
#include <new>

struct Obj {
  std::shared_ptr<Obj> self;
};

void fill() {
  auto* const block = static_cast<char*>(std::calloc(1, 64));
  gordian_add_root(block + 32, 8);
  auto& owner = *new (block) std::shared_ptr<Obj>(std::make_shared<Obj>());
  owner->self = owner;
}

int main() {
  fill();
}
