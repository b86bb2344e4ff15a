// heap_builder_rows.cpp - HeapBuilder::build(): addresses, and rows in the order of the format.
#include <algorithm>
#include <numeric>

#include "heap_builder.h"

namespace gordian::testing {
namespace {

using snapshot::kNone;
using snapshot::Place;

constexpr std::uint64_t kSeparateControl = 24;  // header and managed pointer

std::uint64_t whole_words(std::uint64_t bytes) {
  return (bytes + 7) / 8 * 8;
}

}  // namespace

void HeapBuilder::place_blocks(Snapshot& snapshot) {
  std::vector<std::uint32_t> order(things_.size());
  std::iota(order.begin(), order.end(), 0u);
  if (backwards_) std::reverse(order.begin(), order.end());
  std::uint64_t address = backwards_ ? 0x7f0000000000 : 0x550000001000;
  const std::uint64_t gap = backwards_ ? 48 : 16;
  const auto put = [&](std::uint64_t size) {
    const std::uint64_t at = address;
    address = (at + whole_words(size) + gap + 15) / 16 * 16;
    snapshot.blocks.push_back({at, size, 0, kNone, kNone, 0});
    return static_cast<std::uint32_t>(snapshot.blocks.size() - 1);
  };
  for (const std::uint32_t t : order) {
    Thing& thing = things_[t];
    std::uint64_t size = std::max(thing.size, thing.used);
    if (thing.counts_itself) size = std::max(size, ends_[thing.type]);
    if (thing.is_object) {
      thing.control_block = put(control_bytes(thing, size));
      thing.control = snapshot.blocks[thing.control_block].address;
      thing.start = thing.control + (is_announced(thing) ? 0 : kHeader);
    }
    if (!thing.is_object || !thing.in_place) {
      if (thing.is_object && thing.use_count == 0) continue;  // expired: only the control block is left
      thing.own_block = put(size);
      thing.start = snapshot.blocks[thing.own_block].address;
    }
    const std::uint32_t own = is_announced(thing) ? thing.control_block : thing.own_block;
    if (!thing.dynamic.empty() && own != kNone) {
      snapshot.blocks[own].vtable = types_.add_dynamic_vtable(types_.type(thing.dynamic), thing.dynamic);
    }
    if (!thing.is_object) snapshot.blocks[own].stack = stack_of(thing, snapshot);
  }
}

std::uint64_t HeapBuilder::control_bytes(const Thing& thing, std::uint64_t size) const {
  if (is_announced(thing)) return size;
  if (thing.in_place) return kHeader + size;
  std::uint64_t bytes = kSeparateControl;
  for (const WordSpec& word : thing.words) {
    if (word.in_control) bytes = std::max(bytes, word.offset + 8);
  }
  return bytes;
}

void HeapBuilder::count_handles() {
  for (Thing& thing : things_) {
    thing.use_count = thing.unlocated;
    thing.weak_count = thing.seen_handles;
  }
  const auto count = [&](std::uint32_t target, Counts counts) {
    things_[target].use_count += counts == Counts::strong;
    things_[target].weak_count += counts == Counts::weak;
  };
  for (const Thing& thing : things_) {
    for (const WordSpec& word : thing.words) count(word.target, word.counts);
  }
  for (const RootSpec& root : roots_) count(root.target, root.counts);
}

std::uint32_t HeapBuilder::control_vtable(const Thing& thing) {
  if (!thing.named_type || is_announced(thing)) return kNone;
  const auto [at, is_new] = vtables_.try_emplace({thing.type, thing.in_place}, 0);
  if (is_new) {
    const std::string control = "control block of " + thing.type;
    at->second = types_.add_control_vtable(
        {types_.type(thing.in_place ? control : "separate " + control), types_.type(thing.type), thing.type});
  }
  return at->second;
}

void HeapBuilder::write_objects(Snapshot& snapshot) {
  row_of_thing_.assign(things_.size(), kNone);
  std::vector<std::uint32_t> order;
  for (std::uint32_t t = 0; t < things_.size(); ++t) {
    if (things_[t].is_object) order.push_back(t);
  }
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return things_[a].control < things_[b].control; });
  for (const std::uint32_t t : order) {
    const Thing& thing = things_[t];
    const auto row = static_cast<std::uint32_t>(snapshot.objects.size());
    row_of_thing_[t] = row;
    snapshot::ObjectRow object{};
    object.control = thing.control;
    object.managed = thing.in_place || thing.own_block != kNone ? thing.start : 0;
    object.control_block = thing.control_block;
    object.managed_block = thing.own_block;
    object.vtable = control_vtable(thing);
    object.use_count = thing.use_count;
    object.weak_count = thing.weak_count;
    object.birth = thing.has_birth ? t + 1 : 0;
    object.flags = static_cast<std::uint8_t>((thing.seen ? snapshot::kObjectSeen : 0) |
                                             (thing.in_place ? snapshot::kObjectInPlace : 0) |
                                             (thing.adopted ? snapshot::kObjectAdopted : 0));
    object.family = snapshot::Family::std_shared;
    if (is_announced(thing)) {
      object.managed = 0;
      object.family = snapshot::Family::custom;
      object.stack = stack_of(thing, snapshot);
    }
    snapshot.objects.push_back(object);
    snapshot.blocks[thing.control_block].object = row;
    if (thing.own_block != kNone) snapshot.blocks[thing.own_block].object = row;
  }
}

void HeapBuilder::write_words(Snapshot& snapshot) {
  std::uint64_t outside = 0x7ffc00000000;
  for (const RootSpec& root : roots_) {
    const std::uint64_t at = root.place == Place::registers ? 0 : outside += 8;
    snapshot.slots.push_back({at, row_of_thing_[root.target], kNone, 0, root.place, root.log, {}});
  }
  for (const Thing& thing : things_) {
    for (const WordSpec& word : thing.words) {
      const Thing& target = things_[word.target];
      const bool in_control_block = word.in_control || (thing.is_object && thing.in_place);
      if (!in_control_block && thing.own_block == kNone) continue;  // went with the expired object
      const std::uint64_t address = (word.in_control ? thing.control : thing.start) + word.offset;
      if (word.is_pointer && !is_announced(target)) {
        snapshot.pointers.push_back({address, target.start + word.target_offset});
        continue;
      }
      snapshot.slots.push_back({address,
                                row_of_thing_[word.target],
                                in_control_block ? thing.control_block : thing.own_block,
                                0,
                                Place::block,
                                word.log,
                                {}});
    }
  }
  std::sort(snapshot.slots.begin(), snapshot.slots.end(), [](const auto& a, const auto& b) {
    return a.object != b.object ? a.object < b.object : a.address < b.address;
  });
  for (std::uint32_t s = 0; s < snapshot.slots.size(); ++s) {
    auto& object = snapshot.objects[snapshot.slots[s].object];
    if (object.slot_count++ == 0) object.first_slot = s;
  }
  std::sort(snapshot.pointers.begin(), snapshot.pointers.end(),
            [](const auto& a, const auto& b) { return a.address < b.address; });
}

void HeapBuilder::mark_ignored(Snapshot& snapshot) const {
  for (const Thing& thing : things_) {
    const std::uint32_t block = thing.own_block != kNone ? thing.own_block : thing.control_block;
    if (thing.ignored) snapshot.blocks[block].flags |= snapshot::kIgnoredBlock;
  }
}

Snapshot HeapBuilder::build() {
  Snapshot snapshot;
  snapshot.program = "test";
  snapshot.pid = 1;
  snapshot.stacks.push_back({0, 0});
  count_handles();
  place_blocks(snapshot);
  write_objects(snapshot);
  write_words(snapshot);
  write_counts(snapshot);
  mark_ignored(snapshot);
  snapshot.notes = {notes_.begin(), notes_.end()};
  snapshot.vtables.resize(types_.vtable_count());
  return snapshot;
}

Findings HeapBuilder::analyse() {
  const Snapshot snapshot = build();
  return gordian::analyse(snapshot, types_);
}

}  // namespace gordian::testing
