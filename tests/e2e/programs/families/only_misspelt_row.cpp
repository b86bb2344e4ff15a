// only_misspelt_row.cpp - a families file that is wrong finds nothing, and that is no clean run.
// gordian: exit 24
// gordian: options block_stacks=1
// gordian: families misspelt.families
// gordian: any report
// gordian: says misspelt.families:3: own::Ref has no data member objekt_: that line finds nothing
#include "own.hpp"

struct Unseen : own::Counted {
  own::Ref<Unseen> self;
};

int main() {
  own::Ref<Unseen> unseen(new Unseen);
  unseen->self = unseen;
}
