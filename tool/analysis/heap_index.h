// heap_index.h - a snapshot's rows, found by place: which words lie in a block, what
// a word points to, which block belongs to which object.
//
// Everything here is what the snapshot says, in another order; nothing is concluded.
// The snapshot must outlive the index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "snapshot/snapshot.h"

namespace gordian {

class HeapIndex {
 public:
  // Throws Error for a snapshot of more than 2^31 slots or pointers.
  explicit HeapIndex(const Snapshot& snapshot);

  const Snapshot& snapshot() const { return *snapshot_; }
  const snapshot::BlockRow& block(std::uint32_t row) const { return snapshot_->blocks[row]; }
  const snapshot::ObjectRow& object(std::uint32_t row) const { return snapshot_->objects[row]; }
  const snapshot::SlotRow& slot(std::uint32_t row) const { return snapshot_->slots[row]; }
  const snapshot::PointerRow& pointer(std::uint32_t row) const { return snapshot_->pointers[row]; }
  std::uint32_t block_count() const { return static_cast<std::uint32_t>(snapshot_->blocks.size()); }
  std::uint32_t object_count() const { return static_cast<std::uint32_t>(snapshot_->objects.size()); }
  std::uint32_t slot_count() const { return static_cast<std::uint32_t>(snapshot_->slots.size()); }
  std::uint32_t pointer_count() const { return static_cast<std::uint32_t>(snapshot_->pointers.size()); }

  // Rows of the slots that lie in `block`, by address.
  std::span<const std::uint32_t> slots_in(std::uint32_t block) const {
    return std::span(slots_by_block_)
        .subspan(first_slot_[block], first_slot_[block + 1] - first_slot_[block]);
  }

  // The pointers that lie in `block` are the rows [first_pointer, end_pointer), by address.
  std::uint32_t first_pointer(std::uint32_t block) const { return first_pointer_[block]; }
  std::uint32_t end_pointer(std::uint32_t block) const { return first_pointer_[block + 1]; }
  // Whether a word is recorded `offset` bytes into the block, or behind that.
  bool has_words_from(std::uint32_t block, std::uint64_t offset) const {
    const std::uint64_t from = this->block(block).address + offset;
    const auto slots = slots_in(block);
    if (!slots.empty() && slot(slots.back()).address >= from) return true;
    return end_pointer(block) != first_pointer(block) && pointer(end_pointer(block) - 1).address >= from;
  }

  // The block that `row` of pointers points into, or else the one whose end it is
  // (end() of a full vector); kNone when neither is recorded.
  std::uint32_t target(std::uint32_t row) const { return target_[row]; }
  // The block that the pointer or slot at `address` lies in; kNone when not recorded.
  std::uint32_t block_holding(std::uint64_t address) const;

  // No object's: a buffer, a node, a pimpl.
  bool plain(std::uint32_t block) const { return this->block(block).object == snapshot::kNone; }
  // It has no control block: any pointer into its own block may be a handle.
  bool counts_itself(std::uint32_t object) const;
  bool expired(std::uint32_t object) const { return this->object(object).use_count == 0; }
  // The managed object lies in its control block's own memory (make_shared).
  bool in_place(std::uint32_t object) const;
  // Where the managed object starts; 0 when that cannot be told. Without debug info the runtime
  // does not know it for make_shared objects: it is then taken to follow vptr and counts, as it
  // does unless it is aligned to more than 16 bytes. Good for naming offsets, for nothing else.
  std::uint64_t managed_start(std::uint32_t object) const;
  // The control block or the managed block is this object's alone. In an arena it is not.
  bool owns_control_block(std::uint32_t object) const;
  bool owns_managed_block(std::uint32_t object) const;
  // Requested bytes of its own blocks.
  std::uint64_t size(std::uint32_t object) const;

  // The place of `object` in order of birth, 0 for the first; those whose birth is not
  // known come last, by address. This is the tie-break that is equal from run to run.
  std::uint32_t seniority(std::uint32_t object) const { return seniority_[object]; }
  // All objects, the first-born first.
  std::span<const std::uint32_t> by_birth() const { return by_birth_; }

 private:
  void sort_slots_by_block();
  void assign_pointers_to_blocks();
  void sort_objects_by_birth();

  const Snapshot* snapshot_;
  std::vector<std::uint32_t> slots_by_block_;
  std::vector<std::uint32_t> first_slot_;
  std::vector<std::uint32_t> first_pointer_;
  std::vector<std::uint32_t> target_;
  std::vector<std::uint32_t> by_birth_;
  std::vector<std::uint32_t> seniority_;
};

}  // namespace gordian
