// owned_popped.cpp - handles were popped off vectors of the program's own, as is right, and their bits are left there: no cycles.
// gordian: silent
#include <memory>

#include "own_vector.h"

template <int Capacity>
struct Hub;
template <int Capacity>
struct Guest {
  std::shared_ptr<Hub<Capacity>> hub;
};
template <int Capacity>
struct Hub {
  Vector<std::shared_ptr<Guest<Capacity>>> guests{Capacity};
};
template <int Capacity>
struct App {
  std::shared_ptr<Guest<Capacity>> guest = std::make_shared<Guest<Capacity>>();
  App() {
    guest->hub = std::make_shared<Hub<Capacity>>();
    guest->hub->guests.push_back(guest);
    guest->hub->guests.pop_back();
  }
};
App<1>* one = new App<1>;
App<3>* three = new App<3>;

int main() {}
