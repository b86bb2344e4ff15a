// ring_misspelt_row.cpp - what a families file names and the program does not have is told.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: families misspelt.families
// gordian: cycle proved objects=1 instances=1 of=Loop members=Loop::self
// gordian: says note: no module's debug info has the handle class own::Reff (
// gordian: says misspelt.families:3: own::Ref has no data member objekt_: that line finds nothing
#include "own.hpp"

#include <memory>

struct Loop {
  std::shared_ptr<Loop> self;
};
struct Unseen : own::Counted {
  own::Ref<Unseen> self;
};

int main() {
  auto loop = std::make_shared<Loop>();  // (made here)
  loop->self = loop;
  own::Ref<Unseen> unseen(new Unseen);
  unseen->self = unseen;
}
