// counts.cpp - rings whose counts were overwritten count as owned, and the report says what it read; a healthy one is found.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=Healthy members=Healthy::self
// gordian: notes 2 objects have an impossible use_count (one of them -3): something wrote over it; the objects count as owned
// gordian: notes 2 objects have an impossible weak_count (one of them -6): something wrote over it; the objects count as owned
#include "smash.hpp"

int main() {
  leak_healthy();
  set_counts(leak_victim(), -3, 1);
  set_counts(leak_victim(), 0x7fffffff, 1);
  set_counts(leak_victim(), 1, -5);
  set_counts(leak_victim(), 1, 0);
  // These are not impossible: of a thousand handles one is found; and two have died.
  set_counts(leak_victim(), 1000, 1);
  set_counts(leak_victim(), 0, 1);
  set_counts(leak_victim(), 0, 0);
}
