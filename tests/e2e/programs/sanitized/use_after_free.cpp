// use_after_free.cpp - an error that AddressSanitizer ends the program for, while a ring is alive.
#include <memory>

struct Node {
  std::shared_ptr<Node> next;
};

int main() {
  auto ring = std::make_shared<Node>();
  ring->next = ring;
  ring = nullptr;
  auto number = std::make_unique<int>(1);
  int* volatile stale = number.get();
  number = nullptr;
  return *stale;
}
