// objects.h - every live reference-counted object, and what is known of its counts.
//
// Sources: control blocks the shim announced, objects with counts of their own that the program
// announced, and places in the heap whose first word says
// that they are one. Counts are read from memory, where the control block's family has them.
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "scan/classes.h"
#include "scan/heap.h"
#include "tables/stack_depot.h"

namespace gordian::rt {

enum ObjectState : std::uint8_t {
  kObjOwned = 1,         // surely owned
  kObjControlOwned = 2,  // a weak handle in owned memory keeps its control block
  kObjSeen = 4,          // see snapshot::kObjectSeen
  kObjAnnounced = 8,     // by the shim
  kObjGuessed = 32,      // found in the middle of a block, by its looks alone
  kObjHeld = 64,         // counts as owned: something holds it that this check does not look at, or its counts were overwritten
  kObjSegment = 16,      // what lies behind it in its arena is owned, and was visited or will be
};

struct Object {
  Address control;
  Address managed;              // the managed object where it is not in place; 0 when not known
  std::uint32_t control_block;  // index in the heap
  std::uint32_t managed_block;  // index in the heap, or kNoIndex
  std::uint32_t class_index;    // of the control block, or kNoIndex
  std::uint32_t use_count;
  std::uint32_t weak_count;     // handles only
  std::uint32_t stack;          // StackId
  std::uint32_t birth;          // 0 when not announced
  // Words in live memory that hold the control block's address:
  std::uint32_t weak_words;     // logged as weak handles
  std::uint32_t strong_words;   // logged as strong ones
  std::uint32_t other_words;    // not logged
  std::uint32_t row;            // index in the snapshot's objects, once recorded
  FamilyRow family_row;
  Holding holding;
  ManagedAt managed_at;
  std::uint8_t state;           // ObjectState

  const ControlFamily& family() const noexcept { return family_at(family_row); }
  // It counts its own handles: any pointer into its block may be one.
  bool is_counted() const noexcept { return family_row == FamilyRow::counted; }
  // What lies behind vptr and counts may hold handles.
  Address behind_counts() const noexcept { return control + family().header; }
  bool expired() const noexcept { return use_count == 0 && !is_counted(); }
  // It counts its own handles, and nobody has taken the first one yet: a plain pointer may hold it.
  bool floats() const noexcept { return use_count == 0 && is_counted(); }
  // What an arena's dead objects leave behind may look alive; but a living one has a handle.
  bool is_stray() const noexcept {
    return has_state(state, kObjGuessed) && weak_words + strong_words + other_words == 0;
  }
  // What the words behind the counts say is over: they are only remains.
  bool is_remains() const noexcept {
    return expired() && (holding == Holding::in_place || family().drops_deleter);
  }
  // See snapshot::kObjectAdopted.
  bool adopted() const noexcept { return holding == Holding::deleter; }
  // All weak handles are accounted for, so every other word is strong or stale; and there
  // are not too many of those to be strong all of them.
  bool every_word_decided() const noexcept {
    return weak_words == weak_count && strong_words + other_words <= use_count;
  }
  // Each strong handle was logged. (Of other words there may be any number: pointers that own nothing.)
  bool every_handle_logged() const noexcept { return is_counted() && strong_words == use_count; }
};

static_assert(sizeof(Object) == 64, "a line of the processor's cache: whatever is asked of it costs one miss");

// What one word of live memory is, given the heap and its objects.
struct Target {
  enum Kind : std::uint8_t { nothing, plain_block, control_word, into_object } kind;
  std::uint32_t index;  // of the block (plain_block) or the object
};

class Objects {
 public:
  Objects(Heap& heap, Classes& classes) noexcept : heap_(heap), classes_(classes) {}

  // Finds the objects and marks their control blocks. False when memory ran out.
  bool build() noexcept;
  // Finds the managed blocks; comes after the words were counted, because an object
  // without RTTI is understood by the handles that point to it.
  void find_managed_blocks() noexcept;

  // The first object whose control block is at `at` or behind; size() when there is none.
  std::uint32_t first_from(Address at) const noexcept;

  // One past the last byte that may be part of the object's control block: where the next one in
  // the same heap block begins, or the block's end.
  Address end_of_segment(const Object& object) const noexcept;

  // Whether an object that the flood has not found owned matters: one that has expired does only for what its deleter
  // may hold, and in an arena that is owned that is owned too.
  bool is_undecided(const Object& object) const noexcept;

  // `last_start` is Heap::last_start() of the word.
  Target classify(std::uint64_t word, std::uint32_t last_start) const noexcept;
  Target classify(std::uint64_t word) const noexcept { return classify(word, heap_.last_start(word)); }

  Object& operator[](std::uint32_t i) noexcept { return objects_[i]; }
  const Object& operator[](std::uint32_t i) const noexcept { return objects_[i]; }
  void prefetch(std::uint32_t i) const noexcept {
    if (i != kNoIndex) __builtin_prefetch(&objects_[i]);
  }
  std::size_t size() const noexcept { return objects_.size(); }
  std::uint32_t index_of(const Object& object) const noexcept {
    return static_cast<std::uint32_t>(&object - objects_.data());
  }
  // Whether any is of unknown holding at first: see learn_holding().
  bool learns_from_handles() const noexcept { return learns_; }
  std::uint64_t foreign() const noexcept { return foreign_; }

  // Objects whose control block has a count that no living one has.
  struct Impossible {
    std::uint64_t objects = 0;
    std::int32_t count = 0;  // of the first of them
  };
  const Impossible& impossible_use() const noexcept { return impossible_use_; }
  const Impossible& impossible_weak() const noexcept { return impossible_weak_; }

  // Takes note of a word that leads into a plain block, and of the one `before` it.
  void note_plain_word(std::uint64_t before, std::uint64_t word) noexcept {
    if (!overwritten_.empty()) note_word_to_overwritten(before, word);
  }
  // Calls visit(block) with the index of each block whose control block was announced and begins as none: what wrote over it
  // has left its counts, and all its handles are there. It counts as owned. Comes after find_managed_blocks().
  template <class Visit>
  void for_each_overwritten(Visit&& visit) const noexcept {
    for (const Overwritten& o : overwritten_) {
      if (o.in_place && o.words == o.handles && heap_[o.block].object == kNoIndex) visit(o.block);
    }
  }
  std::uint64_t overwritten() const noexcept {
    std::uint64_t count = 0;
    for_each_overwritten([&count](std::uint32_t) { ++count; });
    return count;
  }

  // Learns from a handle {object pointer, control block} whether an object of unknown
  // holding is in place. `stored` is the word before the control block's address.
  void learn_holding(Object& object, std::uint64_t stored) const noexcept;

 private:
  struct Announced {
    Address control;
    std::uint32_t block;
    StackId stack;
    std::uint32_t birth;
  };
  // At its block's start, with the counts of a living one. Or it died unannounced, and its memory is somebody else's: then the words that
  // lead there are not as many as what now stands for counts says.
  struct Overwritten {
    Address control;
    std::uint32_t block;
    std::uint32_t handles;  // by its counts
    std::uint32_t words;    // that lead to it
    bool in_place;          // one of them stands behind a pointer to what follows vptr and counts: the handle of an object there
  };
  void list_announced(PageArray<Announced>& announced) noexcept;
  void find_in_block(std::uint32_t block, const PageArray<Announced>& announced, std::size_t& next) noexcept;
  void add(Address control, std::uint32_t block, StackId stack, std::uint32_t birth, bool announced) noexcept;
  void note_impossible(const Counts& counts) noexcept;
  void add_overwritten(Address control, std::uint32_t block) noexcept;
  void note_word_to_overwritten(std::uint64_t before, std::uint64_t word) noexcept;
  void add_counted(Address at, std::uint32_t block, const Announced& announced, std::uint64_t entry) noexcept;
  void attach(std::uint32_t index) noexcept;

  Heap& heap_;
  Classes& classes_;
  PageArray<Object> objects_;         // by control address
  bool learns_ = false;
  std::uint64_t foreign_ = 0;         // announced, but not in the heap
  Impossible impossible_use_;
  Impossible impossible_weak_;
  PageArray<Overwritten> overwritten_;  // by control; those that may be
};

// The word of the control block where a pointer to the managed object lies, or 0.
Address managed_pointer_at(const Object& object, const Heap& heap) noexcept;

}  // namespace gordian::rt
