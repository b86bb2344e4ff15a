// owned_beside_popped.cpp - guests that nothing searched owns; a weak handle to one was popped off a vector of the program's own, and its
// bits are left: no cycles.
// gordian: exit 0
// gordian: no cycle
#include <sys/mman.h>

#include <memory>

#include "own_vector.h"

template <template <class> class Handle>
struct Room;
template <template <class> class Handle>
struct Guest {
  std::shared_ptr<Room<Handle>> room;
};
template <template <class> class Handle>
struct Room {
  Vector<Handle<Guest<Handle>>> hands;
};

// As large as the vector's buffer: that may as well be one of these.
struct Bookings : std::weak_ptr<Guest<std::weak_ptr>> {
  char rest[sizeof(std::weak_ptr<int>)];
} bookings;

template <class T>
struct Other : std::weak_ptr<T> {
  using std::weak_ptr<T>::weak_ptr;
};

template <template <class> class Handle>
void meet(void* shared) {
  auto* const guests = new (shared) std::shared_ptr<Guest<Handle>>[2]();
  auto room = std::make_shared<Room<Handle>>();
  for (int i = 0; i < 2; ++i) {
    guests[i] = std::make_shared<Guest<Handle>>();
    room->hands.push_back(Handle<Guest<Handle>>(guests[i]));
  }
  guests[1]->room = room;
  room->hands.pop_back();
  guests[0].reset();
}

int main() {
  auto* const shared = static_cast<char*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  meet<std::weak_ptr>(shared);
  meet<Other>(shared + 2048);
}
