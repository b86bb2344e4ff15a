// owned_array_in_place.cpp - such arrays in a ring, held by a global and, at one element, by main.
// gordian: silent
#include <cstdlib>
#include <memory>

struct Node {
  int number = 0;
  std::shared_ptr<Node[]> next;
};

auto* const keeper = new std::shared_ptr<Node[]>;
void (*volatile leave)(int) = std::exit;

std::shared_ptr<Node[]> make_ring() {
  auto a = std::make_shared<Node[]>(3);
  auto b = std::make_shared<Node[]>(5);
  a[2].next = b;
  b[4].next = a;
  return a;
}

int main() {
  *keeper = make_ring();
  std::shared_ptr<Node> element;
  {
    auto array = make_ring();
    element = std::shared_ptr<Node>(array, &array[1]);
  }
  leave(0);
}
