// counted.h - objects that count their handles themselves, found among plain blocks.
#pragma once

#include <optional>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

// The heap with such objects as objects, and the words that point to them as slots.
struct CountedHeap {
  Snapshot snapshot;
  std::vector<TypeId> types;  // by object: of those that count themselves; none for all others
};

// None when there is no such object, and what is announced as one needs no type either. `typing` must be of
// `index`; `known` has the types that an earlier call gave, for one that looks again with what these told.
std::optional<CountedHeap> find_counted(const HeapIndex& index, const Typing& typing, TypeModel& types,
                                        const std::vector<TypeId>& known = {});

}  // namespace gordian
