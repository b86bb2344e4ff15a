// dangling.cpp - handles to what was freed, to what is not mapped, and poisoned control blocks: a healthy ring is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
#include "smash.hpp"

struct Large {
  char bytes[1 << 20];
};

static char handles[3][sizeof(std::shared_ptr<Large>)];

int main() {
  leak_healthy();
  auto small = std::make_shared<Victim>();
  auto large = std::make_shared<Large>();
  std::memcpy(handles[0], &small, sizeof small);
  std::memcpy(handles[1], &large, sizeof large);
  std::memset(handles[2], 0xdd, sizeof handles[2]);
  // In a leaked ring, too.
  auto holder = std::make_shared<Victim>();
  std::memcpy(holder->more, &large, sizeof large);
  std::memcpy(holder->more + 2, &small, sizeof small);
  holder->self = holder;
  set_counts(control_of(holder), 1000, 1);
  std::uint64_t* const poisoned = leak_victim();
  std::memset(poisoned, 0xdd, 16 + sizeof(Victim));
}
