// lost_seen_in_own_vector.cpp - sessions that are lost, and seen by a manager's vector of its own, which they own: no cycles.
// gordian: orphan proved instances=3 of=Session
#include <memory>

#include "own_vector.h"

struct Session;
struct Manager {
  Vector<std::weak_ptr<Session>> sessions;
};
struct Session {
  std::shared_ptr<Manager> manager;
};

int main() {
  auto manager = std::make_shared<Manager>();
  for (int i = 0; i < 3; ++i) {
    auto* const lost = new std::shared_ptr<Session>(std::make_shared<Session>());
    (*lost)->manager = manager;
    manager->sessions.push_back(*lost);
    asm volatile("" : : "r"(lost) : "memory");  // used
  }
}
