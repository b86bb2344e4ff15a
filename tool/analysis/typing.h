// typing.h - what each recorded block is, and how each recorded word in it is called.
//
// The result of spreading types through the heap; see the essay in typing.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/region.h"
#include "analysis/words.h"

namespace gordian {

struct Typing {
  WordTable words;
  std::vector<Region> regions;        // by block
  std::vector<WordId> slot_words;     // by slot row; only for slots in blocks
  std::vector<WordId> pointer_words;  // by pointer row
  // Pointers in holders like std::function that are not empty, by row: whether it is known that the block is what the holder
  // stores. What was reset keeps its bits.
  std::unordered_map<std::uint32_t, bool> stored_blocks;
  std::vector<std::string> type_names;
  std::vector<std::uint64_t> type_name_hashes;  // stable_hash() of them
  std::vector<std::uint32_t> object_types;      // by object: index in type_names

  const std::string& type_name(std::uint32_t object) const { return type_names[object_types[object]]; }
  std::uint64_t type_name_hash(std::uint32_t object) const { return type_name_hashes[object_types[object]]; }
};

inline constexpr const char* kUnknownType = "<unknown type>";

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
