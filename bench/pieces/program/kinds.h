// kinds.h - the checked program of the benchmarks, as a library with full debug info: rings of many classes.
//
// A library, because the runtime takes no frame, class or static data of its own module for the program's,
// and in a benchmark that module is the benchmark. In several units, because debug info is found and read
// unit by unit.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace program {

inline constexpr std::size_t kUnits = 8;
inline constexpr std::size_t kKindsOfUnit = 16;

// A class Node<unit, number>, made by make_shared. Each object owns the next one and a buffer. A unit
// has a class of a name that no other has besides, Mark0 to Mark7.
struct Kind {
  // Makes `length` objects, the last of which owns the first. The result is one more owner of that.
  std::shared_ptr<void> (*make_ring)(std::size_t length);
  // Takes a ring apart, given its first object: what nobody else owns of it is destroyed.
  void (*break_ring)(void* first);
};

template <int Unit>
std::span<const Kind, kKindsOfUnit> kinds_of_unit();  // unit.cpp

}  // namespace program
