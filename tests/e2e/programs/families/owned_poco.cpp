// owned_poco.cpp - the same rings held by a global, by a local of the thread that exits, and in disguise; one was cut.
// gordian: silent
#include <Poco/SharedPtr.h>
#include <cstdint>
#include <cstdlib>
#include <cstring>

struct Node {
  Poco::SharedPtr<Node> next;
  int size = 0;
};
using Ptr = Poco::SharedPtr<Node>;

Ptr ring() {
  Ptr a(new Node);
  a->next = new Node;
  a->next->next = a;
  return a;
}

auto* const global = new Ptr(ring());
std::uintptr_t disguised[2];

int main() {
  const Ptr local = ring();
  auto* const lost_sight = new Ptr(ring());
  std::memcpy(disguised, static_cast<void*>(lost_sight), sizeof disguised);
  for (auto& word : disguised) word = ~word;
  std::memset(static_cast<void*>(lost_sight), 0, sizeof disguised);
  ring()->next->next = Ptr();
  volatile bool all_there = !global->isNull() && !local.isNull();
  std::exit(all_there ? 0 : 1);
}
