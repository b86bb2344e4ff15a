// rings.h - what the programs here share: a ring that is owned in the way that the program is about, and one that nobody owns.
//
// The owned one hangs on a plain block, so that it is owned only where gordian finds the pointer to that block: a shared_ptr
// that gordian cannot find would do for silence, too.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Held {
  std::shared_ptr<Held> other;
};
struct Keeper {
  std::shared_ptr<Held> ring;
};
struct Lost {
  std::shared_ptr<Lost> other;
};

template <class Obj>
__attribute__((noinline)) std::shared_ptr<Obj> make_ring() {
  auto first = std::make_shared<Obj>();  // (made here)
  first->other = std::make_shared<Obj>();  // (made here)
  first->other->other = first;
  return first;
}

// The ring is broken when its keeper is let go: nothing but the lost one stays.
inline Keeper* make_keeper() { return new Keeper{make_ring<Held>()}; }
inline void let_go(Keeper* keeper) {
  keeper->ring->other.reset();
  delete keeper;
}
__attribute__((noinline)) inline void lose_ring() { make_ring<Lost>(); }

// Ends the program where something is not as it should be.
inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::fflush(stderr);
  std::_Exit(9);
}
