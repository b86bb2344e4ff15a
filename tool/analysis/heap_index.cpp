// heap_index.cpp - counting sorts and one binary search per pointer.
#include "analysis/heap_index.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/error.h"

namespace gordian {

using snapshot::kNone;
using snapshot::Place;

HeapIndex::HeapIndex(const Snapshot& snapshot) : snapshot_(&snapshot) {
  constexpr std::size_t kMostRows = 0x7fffffff;  // the heap graph numbers slots and pointers in 32 bits
  if (snapshot.slots.size() > kMostRows || snapshot.pointers.size() > kMostRows ||
      snapshot.objects.size() > kMostRows / 2 || snapshot.blocks.size() > kMostRows / 2) {  // not run: 30 GB
    throw Error(snapshot.program +
                ": the snapshot has more rows than gordian can analyse (2^31 references); "
                "check earlier or more often, with gordian_check()");
  }
  sort_slots_by_block();
  assign_pointers_to_blocks();
  sort_objects_by_birth();
}

void HeapIndex::sort_slots_by_block() {
  first_slot_.assign(block_count() + std::size_t{1}, 0);
  const auto in_block = [](const snapshot::SlotRow& s) {
    return s.place == Place::block && s.block != kNone;
  };
  for (const auto& s : snapshot_->slots) {
    if (in_block(s)) ++first_slot_[s.block + std::size_t{1}];
  }
  std::partial_sum(first_slot_.begin(), first_slot_.end(), first_slot_.begin());
  slots_by_block_.resize(first_slot_.back());
  std::vector<std::uint32_t> next(first_slot_.begin(), first_slot_.end() - 1);
  for (std::uint32_t row = 0; row < slot_count(); ++row) {
    if (in_block(slot(row))) slots_by_block_[next[slot(row).block]++] = row;
  }
  for (std::uint32_t b = 0; b < block_count(); ++b) {
    const auto begin = slots_by_block_.begin();
    std::sort(begin + first_slot_[b], begin + first_slot_[b + 1],
              [&](std::uint32_t x, std::uint32_t y) { return slot(x).address < slot(y).address; });
  }
}

std::uint32_t HeapIndex::block_holding(std::uint64_t address) const {
  const auto& blocks = snapshot_->blocks;
  const auto after =
      std::upper_bound(blocks.begin(), blocks.end(), address,
                       [](std::uint64_t a, const snapshot::BlockRow& b) { return a < b.address; });
  if (after == blocks.begin()) return kNone;
  const auto found = after - 1;
  return address - found->address <= found->size ? static_cast<std::uint32_t>(found - blocks.begin()) : kNone;
}

void HeapIndex::assign_pointers_to_blocks() {
  first_pointer_.assign(block_count() + std::size_t{1}, 0);
  std::uint32_t row = 0;
  for (std::uint32_t b = 0; b < block_count(); ++b) {
    while (row < pointer_count() && pointer(row).address < block(b).address) ++row;
    first_pointer_[b] = row;
    while (row < pointer_count() && pointer(row).address - block(b).address < block(b).size) ++row;
    first_pointer_[b + std::size_t{1}] = row;
  }
  target_.resize(pointer_count());
  for (std::uint32_t p = 0; p < pointer_count(); ++p) target_[p] = block_holding(pointer(p).value);
}

void HeapIndex::sort_objects_by_birth() {
  by_birth_.resize(object_count());
  std::iota(by_birth_.begin(), by_birth_.end(), 0u);
  const auto key = [&](std::uint32_t o) {
    return std::tuple(object(o).birth == 0, object(o).birth, object(o).control, o);
  };
  const auto is_senior = [&](std::uint32_t x, std::uint32_t y) { return key(x) < key(y); };
  // An allocator that hands out one block behind the other leaves nothing to sort.
  if (!std::is_sorted(by_birth_.begin(), by_birth_.end(), is_senior)) {
    std::sort(by_birth_.begin(), by_birth_.end(), is_senior);
  }
  seniority_.resize(object_count());
  for (std::uint32_t place = 0; place < object_count(); ++place) seniority_[by_birth_[place]] = place;
}

bool HeapIndex::counts_itself(std::uint32_t row) const {
  return object(row).family == snapshot::Family::custom || object(row).family == snapshot::Family::intrusive;
}

bool HeapIndex::in_place(std::uint32_t row) const {
  const auto& o = object(row);
  if ((o.flags & snapshot::kObjectInPlace) != 0) return true;
  if (o.managed == 0 || o.managed < o.control || o.control_block == kNone) return false;
  const auto& b = block(o.control_block);
  return o.managed >= b.address && o.managed - b.address < b.size && owns_control_block(row);
}

namespace {

// vptr and counts; boost has two words more, which make_shared does not use.
std::uint64_t before_object(snapshot::Family family) {
  switch (family) {
    case snapshot::Family::libcxx_shared:
      return 24;
    case snapshot::Family::boost_shared:
      return 32;
    case snapshot::Family::custom:
    case snapshot::Family::intrusive:
      return 0;
    case snapshot::Family::std_shared:
      break;
  }
  return 16;
}

}  // namespace

std::uint64_t HeapIndex::managed_start(std::uint32_t row) const {
  if (object(row).managed != 0) return object(row).managed;
  return in_place(row) ? object(row).control + before_object(object(row).family) : 0;
}

bool HeapIndex::owns_control_block(std::uint32_t row) const {
  const auto b = object(row).control_block;
  return b != kNone && block(b).object == row;
}

bool HeapIndex::owns_managed_block(std::uint32_t row) const {
  const auto b = object(row).managed_block;
  return b != kNone && b != object(row).control_block && block(b).object == row;
}

std::uint64_t HeapIndex::size(std::uint32_t row) const {
  std::uint64_t bytes = 0;
  if (owns_control_block(row)) bytes += block(object(row).control_block).size;
  if (owns_managed_block(row)) bytes += block(object(row).managed_block).size;
  return bytes;
}

}  // namespace gordian
