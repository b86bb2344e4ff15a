// typing.h - what each recorded block is, and how each recorded word in it is called.
//
// The result of spreading types through the heap; see the essay in typing.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/words.h"

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
  // What lies here may be dead, or not yet alive: locals of a coroutine, elements of a deque whose
  // bounds are not known. The type gives names; counts decide what is a handle.
  bool may_be_dead = false;
  TypeId type = TypeId::none;
  std::uint32_t base = 0;
  std::uint32_t element_size = 0;
  std::uint64_t count = 0;
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

struct Typing {
  WordTable words;
  std::vector<Region> regions;        // by block
  std::vector<WordId> slot_words;     // by slot row; only for slots in blocks
  std::vector<WordId> pointer_words;  // by pointer row
  std::vector<std::string> type_names;
  std::vector<std::uint64_t> type_name_hashes;  // stable_hash() of them
  std::vector<std::uint32_t> object_types;      // by object: index in type_names

  const std::string& type_name(std::uint32_t object) const { return type_names[object_types[object]]; }
  std::uint64_t type_name_hash(std::uint32_t object) const { return type_name_hashes[object_types[object]]; }
};

inline constexpr const char* kUnknownType = "<unknown type>";

// Where the word at `address` of a block with this region lies in it.
WordPlace place_in(const Region& region, const snapshot::BlockRow& block, std::uint64_t address);
// Whether it is known to lie past the last element, where all is dead.
bool is_dead_room(const Region& region, const snapshot::BlockRow& block, std::uint64_t address);

// What is known of types before: of objects that count their handles themselves (by object), and guessed
// of plain blocks (by block); empty, or none, where nothing is.
struct KnownTypes {
  std::vector<TypeId> objects;
  std::vector<TypeId> blocks;
};

// Spreads types from the objects through everything that is recorded. Same snapshot and
// same answers from `types`: same result. `types` must outlive the result.
Typing spread_types(const HeapIndex& index, TypeModel& types, const KnownTypes& known = {});

}  // namespace gordian
