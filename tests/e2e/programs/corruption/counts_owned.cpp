// counts_owned.cpp - rings that statics own, with counts that were overwritten: none of these is reported.
// gordian: silent
#include "smash.hpp"

alignas(std::shared_ptr<Victim>) static char owners[5][sizeof(std::shared_ptr<Victim>)];

int main() {
  constexpr int kUse[] = {-3, 0x7fffffff, 0, 1000, 3};  // there are two handles
  for (int i = 0; i < 5; ++i) {
    auto& owner = *new (owners[i]) std::shared_ptr<Victim>(std::make_shared<Victim>());
    owner->self = owner;
    set_counts(control_of(owner), kUse[i], 1);
  }
}
