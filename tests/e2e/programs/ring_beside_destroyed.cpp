// ring_beside_destroyed.cpp - rings through handles that only raw pointers, or a unique_ptr, lead to, beside destroyed ones.
// gordian: exit 23
// gordian: proved 4
#include <memory>
#include <new>
#include <utility>

#include "destroyed.h"

template <template <class> class Guests>
void leak() {
  auto guest = std::make_shared<Guest<Guests>>();
  guest->hub = std::make_shared<Hub<Guests>>();
  guest->hub->guests.push_back(std::make_shared<Guest<Guests>>());
  guest->hub->guests.pop_back();
  guest->hub->guests.push_back(std::move(guest));
}

template <class Owner>
struct Request {
  Request* next;
  std::shared_ptr<Owner> owner;
};
struct Server {
  Request<Server>* pending = nullptr;
  void serve(std::shared_ptr<Server> self) { pending = new Request<Server>{pending, std::move(self)}; }
};

// The unique_ptr would delete what it leads to, so that is alive, whatever else points at the object: here what was destroyed.
struct Holder {
  struct Parts {
    std::shared_ptr<Holder> self;
  };
  std::unique_ptr<Parts> parts;
  Request<Holder>* spare = nullptr;
  void hold(std::shared_ptr<Holder> self) {
    spare = new (::operator new(sizeof(Request<Holder>))) Request<Holder>{nullptr, self};
    destroy(spare);
    parts.reset(new Parts{std::move(self)});
  }
};

int main() {
  leak<Entries>();
  leak<Three>();
  auto server = std::make_shared<Server>();
  auto& served = *server;
  served.serve(std::move(server));
  auto holder = std::make_shared<Holder>();
  auto& held = *holder;
  held.hold(std::move(holder));
}
