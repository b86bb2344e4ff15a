// unloaded_modules.h - libraries that dlclose() has unmapped, and what their addresses still mean.
//
// Objects that a library made may outlive it, and so may the stacks they were made in. Their words and
// frames are addresses in a place that the kernel gives to whoever asks next. So each library
// that left something behind has a row here, and its place is one of three:
//
//   held    words of live blocks point there: nothing of ours or the program's will, because we keep
//           the addresses reserved, without access and without memory behind them
//   moved   only stacks know it: the place was given back, and the frames of these stacks
//           were moved to addresses that no process has (snapshot::kMovedModules)
//   lost    somebody took the place before we could. What a word there means is never known again, be
//           it one of the next library's there
//
// Context: rows are added under the loader's lock (while_modules_stay), read by anybody, never
// changed or freed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

struct ClassInfo;  // scan/classes.h

enum class UnloadedFate : std::uint8_t { held, moved, lost };

struct UnloadedModule {
  Address bias;
  Address low;  // [low, high): as it was mapped, or where its frames were moved to
  Address high;
  Address was_at;  // its low address while it was there
  const char* path;
  Address build_id;  // of its bytes, in memory of ours; 0 where there is none
  std::uint32_t build_id_size;
  UnloadedFate fate;
  const ClassInfo* classes;  // whose virtual tables lay in it; only where it is held
  std::size_t class_count;
  const UnloadedModule* next;  // unloaded before
};

// The one unloaded last, or null.
const UnloadedModule* unloaded_modules() noexcept;

// Adds a copy of `row` in front; what it points to must last. False when memory ran out.
bool add_unloaded_module(const UnloadedModule& row) noexcept;

// Memory that is never given back, aligned to 8 bytes. Null when there is none left.
void* lasting_memory(std::size_t bytes) noexcept;
const char* lasting_copy(const char* text) noexcept;

// Reserves the pages of [low, high), or gives them back. False where any of them is in use, or so
// many places are held that the kernel might run out of mappings.
bool hold_addresses(Address low, Address high) noexcept;
void release_addresses(Address low, Address high) noexcept;

// Whether `at` lies in a place that is held: no guard page of anybody's.
bool is_held(Address at) noexcept;

// An address for a moved module of that size. Each is given once.
Address place_for_moved(std::size_t size) noexcept;

// How many libraries left objects behind of which nothing is known.
std::uint64_t forgotten_modules() noexcept;
void count_forgotten_module() noexcept;

}  // namespace gordian::rt
