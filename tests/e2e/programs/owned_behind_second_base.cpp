// owned_behind_second_base.cpp - a raw pointer to a second base lies as far in an object as the first element of a new[] in its block.
// gordian: silent
#include <memory>

#include "app_owner.h"
#include "own_blocks.h"

template <int Words>
struct Ids {
  long ids[Words] = {};
};
struct WhereItFills {};

template <int Words, class Memory>
struct Owner {
  struct Base {
    std::shared_ptr<Back<Owner>> strong;
  };
  struct Leaf : Ids<Words>, Base, Memory {
    std::weak_ptr<Back<Owner>> weak;
  };
  Base* root = new Leaf;
  void see(const std::shared_ptr<Back<Owner>>& back) { static_cast<Leaf*>(root)->weak = back; }
};

App<Owner<1, WhereItFills>>* one = new App<Owner<1, WhereItFills>>;
App<Owner<2, WhereItFills>>* two = new App<Owner<2, WhereItFills>>;
App<Owner<2, InRounded>>* rounded = new App<Owner<2, InRounded>>;

int main() {}
