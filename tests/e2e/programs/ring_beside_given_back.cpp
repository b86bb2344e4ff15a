// ring_beside_given_back.cpp - a ring through a private part, which lies where a lost queue's buffer was: its array has the pointer still.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Back<Part>,Owner<Part> members=Back<Part>::owner,Owner<Part>::d
// gordian: orphan proved instances=1 of=Queue
#include <deque>
#include <memory>

#include "pimpl_ring.h"

struct Queue {
  std::deque<std::shared_ptr<int>> all;
};

struct Part {
  std::shared_ptr<Back<Part>> held;
  char as_large_as_a_buffer[512 - sizeof(held)];
  static Part* make();
  void add(const std::shared_ptr<Back<Part>>& back) { held = back; }
};
Part* Part::make() {
  auto* const lost = new std::shared_ptr<Queue>(std::make_shared<Queue>());
  auto& all = (*lost)->all;
  for (int i = 0; i < 80; ++i) all.push_back(nullptr);
  for (int i = 0; i < 70; ++i) all.pop_front();
  asm volatile("" : : "r"(lost) : "memory");  // used
  return new Part;
}

int main() { leak<Part>(); }
