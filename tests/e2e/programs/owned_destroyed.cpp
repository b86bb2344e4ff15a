// owned_destroyed.cpp - handles in structs were destroyed, as is right, and their memory is kept behind raw pointers: no cycles.
// gordian: silent
#include <memory>
#include <new>
#include <utility>

#include "destroyed.h"

template <template <class> class Guests>
struct App {
  std::shared_ptr<Guest<Guests>> guest = std::make_shared<Guest<Guests>>();
  App() {
    guest->hub = std::make_shared<Hub<Guests>>();
    guest->hub->guests.push_back(guest);
    guest->hub->guests.pop_back();
  }
};
App<Entries>* entries = new App<Entries>;
App<Three>* three = new App<Three>;

// What is put back is destroyed, and its memory is for the next one.
template <class Owner>
struct Request {
  Request* next_free;
  std::shared_ptr<Owner> owner;
};
template <class Owner>
struct Handled {
  explicit Handled(std::shared_ptr<Owner> owner) : owner(std::move(owner)) {}
  virtual ~Handled() = default;
  std::shared_ptr<Owner> owner;
};

struct Server {
  Request<Server>* free_list = nullptr;
  Handled<Server>* spare = nullptr;
  std::unique_ptr<Request<Server>, void (*)(void*)> room{nullptr, ::operator delete};

  void serve(const std::shared_ptr<Server>& self) {
    auto* const request = new (::operator new(sizeof(Request<Server>))) Request<Server>{nullptr, self};
    destroy(request);
    request->next_free = std::exchange(free_list, request);
  }
  void handle(const std::shared_ptr<Server>& self) {
    spare = new (::operator new(sizeof(Handled<Server>))) Handled<Server>(self);
    destroy(spare);
  }
  void make_room(const std::shared_ptr<Server>& self) {
    room.reset(new (::operator new(sizeof(Request<Server>))) Request<Server>{nullptr, self});
    destroy(room.get());
  }
};
auto* const listing = new std::shared_ptr<Server>(std::make_shared<Server>());
auto* const handling = new std::shared_ptr<Server>(std::make_shared<Server>());
auto* const roomy = new std::shared_ptr<Server>(std::make_shared<Server>());

int main() {
  (*listing)->serve(*listing);
  (*handling)->handle(*handling);
  (*roomy)->make_room(*roomy);
}
