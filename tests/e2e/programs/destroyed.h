// destroyed.h - what the programs about destroyed handles share: vectors of their own that handles are popped off, and who is in these.
#pragma once

#include <memory>
#include <utility>

#include "headed_vector.h"
#include "own_vector.h"

template <template <class> class Guests>
struct Hub;
template <template <class> class Guests>
struct Guest {
  std::shared_ptr<Hub<Guests>> hub;
};
template <template <class> class Guests>
struct Hub {
  Guests<std::shared_ptr<Guest<Guests>>> guests;
};

template <class Value>
struct Entry {
  Value value;
  int number;
};
template <class Value>
struct Entries : Vector<Entry<Value>> {
  Entries() : Vector<Entry<Value>>(1) {}
  void push_back(Value value) { Vector<Entry<Value>>::push_back({std::move(value), 7}); }
};
template <class Value>
struct Three : HeadedVector<Value> {
  Three() : HeadedVector<Value>(3) {}
};

// Out of line, for what is destroyed in sight of where it was made may never have been written.
template <class Value>
[[gnu::noinline]] void destroy(Value* value) {
  value->~Value();
}
