// census.h - how many objects are alive, owned or not, by class and by where they were made (growth=1).
//
// A registry that only grows owns what is in it and so leaks nothing, but a program that runs on runs out of
// memory all the same. Two of these say what there is more of.
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "scan/objects.h"

namespace gordian::rt {

struct CensusEntry {
  std::uint32_t class_index;  // of the control block, or kNoIndex
  std::uint32_t stack;        // StackId
  std::uint64_t objects;
};

// Appends an entry for each class and stack that living objects have. False when memory ran out.
bool take_census(const Objects& objects, PageArray<CensusEntry>& census) noexcept;

}  // namespace gordian::rt
