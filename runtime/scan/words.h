// words.h - going through the words of a check, each with what is known of it.
#pragma once

#include "scan/objects.h"
#include "scan/roots.h"
#include "snapshot_format.h"
#include "tables/live.h"

namespace gordian::rt {

// How a word that holds a control block's address was logged. Memory is the truth: the
// caller has seen that the word holds an object's address now.
inline snapshot::SlotLog logged_as(Address slot) noexcept {
  if (packed_matches(g_live.weak.get(slot), slot)) return snapshot::SlotLog::weak;
  const std::uint32_t strong = g_live.strong.get(slot);
  if (packed_matches(strong, slot)) return snapshot::SlotLog::strong;
  return packed_dropped(strong, slot) ? snapshot::SlotLog::dropped : snapshot::SlotLog::none;
}

// Whether what lies there is hardly ever something else later, as it is on heap and stack.
inline bool keeps_its_use(snapshot::Place place) noexcept {
  return place == snapshot::Place::static_data || place == snapshot::Place::thread_local_data;
}

// Whether the word is what a destroyed handle left behind in static data, given that it holds a
// control block's address.
inline bool is_remains(Address slot, snapshot::Place place) noexcept {
  if (!keeps_its_use(place)) return false;
  return packed_dropped(g_live.weak.get(slot), slot) || packed_dropped(g_live.strong.get(slot), slot);
}

// Whether the word is the object pointer of a weak handle, alive or destroyed: the word in
// front of the one that is logged.
inline bool in_weak_handle(Address at) noexcept {
  if (at == 0) return false;
  const std::uint32_t entry = g_live.weak.get(at + 8);
  return packed_matches(entry, at + 8) || packed_dropped(entry, at + 8);
}

// Whether it is that of a handle of the object whose control block is at `control`, logged or not: the word behind it holds that
// address. Whether the handle owns is told by that word.
inline bool in_static_handle(Address at, Address control, const RootRange& range) noexcept {
  return keeps_its_use(range.place) && at + 16 <= range.high && load_word(at + 8) == control;
}

// The words of a block that may hold something: all of a plain or managed block; of a
// control block what follows the counts, without the pointer to the managed object (that
// one is followed by ownership, not by its value), and nothing of an object whose members
// or deleter have died in the block.
template <class Visit>
void for_each_live_word(const Block& block, const Heap& heap, const Objects& objects, Visit&& visit) noexcept {
  Address low = block.start;
  const Address high = block.start + block.size;
  if (block.object == kNoIndex || has_state(block.state, kBlockManaged)) {
    heap.for_each_word_in(low, high, visit);
    return;
  }
  const Object& object = objects[block.object];
  if (object.is_remains()) return;
  low = object.behind_counts();
  if (object.managed_at == ManagedAt::in_front) for_each_word(block.start, object.control, visit);
  const Address skipped = object.managed_block != kNoIndex ? managed_pointer_at(object, heap) : 0;
  heap.for_each_word_in(low, high, [&](Address at, std::uint64_t word) {
    if (at != skipped) visit(at, word);
  });
}

}  // namespace gordian::rt
