// first_words.cpp - control blocks whose first words were overwritten: they count as owned, with what only they hold, and the report says so.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: notes 5 objects have a control block that begins with no virtual table's address: something wrote over it; the objects count as owned
#include "smash.hpp"

struct Held {
  std::shared_ptr<Held> self;
};
struct Holder {
  std::shared_ptr<Holder> self;
  std::shared_ptr<Held> held;
};

static void leak_overwritten(std::uint64_t word) {
  auto holder = std::make_shared<Holder>();
  holder->self = holder;
  holder->held = std::make_shared<Held>();
  holder->held->self = holder->held;
  *control_of(holder) = word;
}

int main() {
  leak_healthy();
  const std::uint64_t words[] = {0, 8, 0x1122334455667788, 0xffff800000000000, 0xdddddddddddddddd};
  for (const std::uint64_t word : words) leak_overwritten(word);
}
