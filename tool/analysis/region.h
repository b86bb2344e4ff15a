// region.h - what one recorded block is: of which type from where on, how many of it, and who says so.
#pragma once

#include <cstdint>

#include "program/types/type_model.h"
#include "snapshot/snapshot.h"

namespace gordian {

enum class RegionKind : std::uint8_t {
  untyped,   // nobody knows what lies here
  filled,    // likewise, but three pointers like a vector's say that only `count` bytes are in use
  whole,     // one value of `type` at `base`
  pointee,   // the same, known only because a pointer to the block says so, or the block's vptr
  elements,  // a vector's buffer: `count` values of `type` at `base`, and spare capacity after them
  array,     // what a pointer points to, when it is longer than one value: `count` of them
  links,     // a container's pointers to parts of itself, of `type`: buckets, a deque's map
};

// What is known of one block. `base` is an offset from the block's start.
struct Region {
  RegionKind kind = RegionKind::untyped;
  // The claim rests on an object's own type and containers that keep their bounds. Behind a
  // raw pointer it does not: the pointer may be stale, or be one to a base class.
  bool certain = false;
  // Whoever claims it, three pointers like a vector's say that what follows the elements is spare.
  bool bounded = false;
  // Of a deque's buffer: what lies in front of its first element was popped.
  bool dead_in_front = false;
  // What lies here may be dead, or not yet alive: locals of a coroutine, elements of a deque whose
  // bounds are not known. The type gives names; counts decide what is a handle.
  bool may_be_dead = false;
  // Of an array: a unique_ptr<T[]> says so. In front of its first element, too, may lie what a vector of the program's own keeps
  // there as well as the count of a new T[n]: that says nothing.
  bool owned_array = false;
  TypeId type = TypeId::none;
  std::uint32_t base = 0;
  std::uint32_t element_size = 0;
  std::uint64_t count = 0;
  // From this offset in the block on the type gives names only, and counts decide what is a handle; kNone: nowhere. Behind
  // the first value that a raw pointer leads to there may be a second one, or the rest of a derived class's object.
  std::uint32_t names_from = snapshot::kNone;
  std::uint64_t first = 0;  // the index of its first element in its container: a deque has many buffers
  // How it was first reached: the row of the pointer to it, and the object that the way
  // started from; kNone for an object's own blocks, and for what no object reaches.
  std::uint32_t pointer = snapshot::kNone;
  std::uint32_t object = snapshot::kNone;
};

// A word's place in its region.
struct WordPlace {
  std::uint64_t element = 0;  // index; 0 where the region has only one value
  std::uint64_t offset = 0;   // from the element's start, or from the base
  bool spare = false;         // past the last element of a vector
  bool outside = false;       // before the base, or past an array: the region says nothing of it
};

// Where the word at `address` of a block with this region lies in it.
WordPlace place_in(const Region& region, const snapshot::BlockRow& block, std::uint64_t address);
// Whether it is known to lie past the last element, or in front of a deque's first, where all is dead.
bool is_dead_room(const Region& region, const snapshot::BlockRow& block, std::uint64_t address);
// Whether the region's type gives but a name to the word there.
bool has_name_only(const Region& region, const snapshot::BlockRow& block, std::uint64_t address);

}  // namespace gordian
