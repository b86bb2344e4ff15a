// recognise.h - from a snapshot's rows to typed objects: what all conclusions are drawn from.
#pragma once

#include <memory>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

struct RecognisedHeap {
  std::unique_ptr<const Snapshot> changed;  // what `index` is of; null where that is the snapshot as it was
  HeapIndex index;
  Typing typing;
};

// Cuts arenas into their objects, spreads types, and finds the objects that count their handles
// themselves. Both must outlive the result.
RecognisedHeap recognise(const Snapshot& snapshot, TypeModel& types);

}  // namespace gordian
