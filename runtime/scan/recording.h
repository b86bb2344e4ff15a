// recording.h - what a snapshot will hold: everything that is not surely owned and matters.
//
// Of the whole heap where it is asked for. Else: the undecided objects, the plain blocks that only they reach, blocks nobody owns that hold one of them
// (a lost reference) and those that lead to such a block (lost_ways.h), knots of unowned plain
// blocks (knots.h), and every word that could count for them.
#pragma once

#include "scan/roots.h"
#include "scan/objects.h"
#include "scan/workers.h"
#include "snapshot_format.h"

namespace gordian::rt {

struct Recording {
  PageArray<std::uint32_t> objects;  // indexes of the undecided objects, in address order
  PageArray<std::uint32_t> blocks;   // heap indexes, in address order; Block::row is the position here
  PageArray<std::uint32_t> block_classes;  // per recorded block: the class its first word names, or kNoIndex
  PageArray<snapshot::SlotRow> slots;  // by object, then by place (registers, other roots, heap) and address; SlotRow::object is the position in `objects`
  PageArray<std::uint32_t> first_slot;  // per recorded object, and one past the last
  PageArray<snapshot::PointerRow> pointers;  // by address
  PageArray<snapshot::CountRow> counts;  // by address
  PageArray<snapshot::RootWordRow> root_words;  // of the whole heap only
  PageArray<std::uint32_t> pointed_classes;  // whose vtables (or tables of functions) they point to, some more than once

  bool failed() const noexcept {
    return objects.failed() || blocks.failed() || block_classes.failed() || slots.failed() || first_slot.failed() ||
           pointers.failed() || counts.failed() || root_words.failed() || pointed_classes.failed();
  }
  // Nothing leaks that gordian could say something about.
  bool empty() const noexcept { return objects.empty() && blocks.empty(); }
};

// Fills `out` after flood_from_roots(): all that is read of the program's memory is read
// here, while its threads are paused. `whole_heap`: with all that is owned. False when memory ran out or the work was
// called off.
[[nodiscard]] bool record(const ModuleMap& modules, const Roots& roots, Heap& heap, Classes& classes, Objects& objects,
                          Workers& workers, bool whole_heap, Recording& out) noexcept;

}  // namespace gordian::rt
