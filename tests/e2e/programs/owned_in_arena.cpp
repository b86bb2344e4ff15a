// owned_in_arena.cpp - objects one after another in a block: what leads to the first leads to no array of these, where others lead to
// something else in it, or to its bytes.
// gordian: silent
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include "app_owner.h"

struct Arena {
  char* next = static_cast<char*>(std::malloc(1024));
  template <class T>
  T* make() {
    void* const place = next;
    next += sizeof(T);
    return new (place) T;
  }
};

template <class Owner>
struct First {
  std::shared_ptr<Back<Owner>> strong;
};
template <class Owner>
struct Second {
  std::weak_ptr<Back<Owner>> weak;
};

struct Kept {
  Arena arena;
  First<Kept>* first = arena.make<First<Kept>>();
  Second<Kept>* second = arena.make<Second<Kept>>();
  void see(const std::shared_ptr<Back<Kept>>& back) { second->weak = back; }
};
// Only the arena leads further.
struct Dropped {
  Arena arena;
  First<Dropped>* first = arena.make<First<Dropped>>();
  void see(const std::shared_ptr<Back<Dropped>>& back) { arena.make<Second<Dropped>>()->weak = back; }
};
// Only the second object does.
struct Alone {
  First<Alone>* first = nullptr;
  Second<Alone>* second = nullptr;
  void see(const std::shared_ptr<Back<Alone>>& back) {
    Arena arena;
    first = arena.make<First<Alone>>();
    second = arena.make<Second<Alone>>();
    second->weak = back;
  }
};

App<Kept>* kept = new App<Kept>;
App<Dropped>* dropped = new App<Dropped>;
App<Alone>* alone = new App<Alone>;

int main() {}
