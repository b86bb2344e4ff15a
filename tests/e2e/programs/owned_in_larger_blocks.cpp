// owned_in_larger_blocks.cpp - the program's own operator new rounds up, puts guards around an object, or hands out a part of a larger
// block: a raw pointer to a base class leads to no array of these, and to no cycle.
// gordian: silent
#include <memory>

#include "app_owner.h"
#include "own_blocks.h"

template <class Memory>
struct Owner {
  struct Base {
    std::shared_ptr<Back<Owner>> strong;
  };
  struct Leaf : Base, Memory {
    std::weak_ptr<Back<Owner>> weak;
    long number = 1;
  };
  Base* root = new Leaf;
  void see(const std::shared_ptr<Back<Owner>>& back) { static_cast<Leaf*>(root)->weak = back; }
};

App<Owner<InRounded>>* rounded = new App<Owner<InRounded>>;
App<Owner<BetweenGuards>>* guarded = new App<Owner<BetweenGuards>>;
App<Owner<InChunk>>* chunk = new App<Owner<InChunk>>;

int main() {}
