// counted.cpp - which plain blocks are objects that count their handles themselves.
//
// The user's problem: boost::intrusive_ptr and its like are reference counting as much as
// shared_ptr is, and leak through cycles in the same way. But the object is a block like any
// other, and its handles are pointers like any other. Only types tell.
//
// A plain block is such an object when its class has a count: for handles of the family of one that points to
// it, by the type of the word that does, or of a class that a row names. What the count says, the snapshot
// has (CountRow): as long as it is not more than there are words that point there. Where it has none,
// somebody unseen has a handle (or nobody has one yet), and the object counts as owned.
//
// From there on such an object is one like all others: every word that points into its block becomes
// a slot of its, and the rules of evidence (slots.cpp) tell handles from other pointers.
//
// Objects that the program announced itself (gordian_counted()) are objects in the snapshot already;
// here they get the type that a handle to them has, where they have no vptr.
//
// Cost: one pass over the recorded words and a copy of the snapshot, only where there is such a handle.
#include "analysis/counted.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analysis/containers.h"

namespace gordian {
namespace {

using snapshot::kNone;

struct Found {
  TypeId type = TypeId::none;
  std::uint32_t handles = 0;  // 0: no such object
  // Where its count lies in a block apart, which this one then is:
  std::uint64_t managed = 0;
  std::uint32_t managed_block = kNone;  // none where object and count share one block
};

class Finder {
 public:
  Finder(const HeapIndex& index, const Typing& typing, TypeModel& types, const std::vector<TypeId>& known)
      : index_(index), typing_(typing), types_(types), custom_types_(known) {
    found_.resize(index.block_count());
    custom_types_.resize(index.object_count(), TypeId::none);
  }

  bool run() {
    for (std::uint32_t p = 0; p < index_.pointer_count(); ++p) {
      if (const Word* word = handle(typing_.pointer_words[p])) note_block(p, *word);
    }
    for (std::uint32_t row = 0; row < index_.slot_count(); ++row) {
      if (index_.slot(row).block == kNone) continue;
      if (const Word* word = handle(typing_.slot_words[row])) note_object(index_.slot(row).object, *word);
    }
    for (std::uint32_t b = 0; b < index_.block_count(); ++b) note_without_handle(b);
    for (std::uint32_t o = 0; o < index_.object_count(); ++o) ask_announcement(o);
    return any_;
  }

  CountedHeap make() {
    const Snapshot& before = index_.snapshot();
    result_.snapshot = before;
    merge_objects();
    move_slots();
    std::erase_if(result_.snapshot.counts, [&](const snapshot::CountRow& count) {
      return result_.snapshot.blocks[index_.block_holding(count.address)].object != kNone;
    });
    return std::move(result_);
  }

 private:
  const Word* handle(WordId id) const {
    if (!WordTable::known(id)) return nullptr;
    const Word& word = typing_.words.word(id);
    return word.kind == WordKind::counted_handle ? &word : nullptr;
  }

  bool is_found(std::uint32_t block) const { return block != kNone && found_[block].handles != 0; }

  // The block that the handle at row `p` points into; kNone where it points behind one.
  std::uint32_t pointed(std::uint32_t p) const {
    const std::uint32_t target = index_.target(p);
    if (target == kNone) return kNone;
    const auto& block = index_.block(target);
    return index_.pointer(p).value - block.address < block.size ? target : kNone;
  }

  void note_block(std::uint32_t p, const Word& word) {
    const std::uint32_t block = pointed(p);
    if (block == kNone || is_found(block)) return;
    if (word.managed != TypeId::none) return note_apart(p, block, word);
    if (!is_one_value(block)) return;
    const TypeId type = typing_.regions[block].type;
    const auto offset = types_.count_offset(type, word.family);
    if (!offset) return;
    counts_by_type_[type] = offset;
    add(block, *offset);
  }

  // The handle at row `p` points to a count in `block`, and beside that to the object.
  void note_apart(std::uint32_t p, std::uint32_t block, const Word& word) {
    const auto& pointer = index_.pointer(p);
    const auto offset = types_.count_offset(word.element, word.family);
    const auto managed =
        pointer_at(index_, index_.block_holding(pointer.address),
                   pointer.address + static_cast<std::uint64_t>(std::int64_t{word.managed_at}));
    const std::uint32_t home = managed ? index_.block_holding(*managed) : kNone;
    if (!offset || home == kNone || !index_.plain(block) || pointer.value != index_.block(block).address)
      return;
    Found found{word.managed, handles_counted(pointer.value + *offset), *managed, kNone};
    if (home != block) {
      // The pointer may be to a member of something larger, which is somebody else's.
      if (!index_.plain(home) || index_.block(home).address != *managed || is_found(home)) return;
      found.managed_block = home;
    }
    found_[block] = found;
    any_ = true;
  }

  // An object to which no handle was found is one all the same: who has its handle is not in sight.
  void note_without_handle(std::uint32_t block) {
    if (is_found(block) || !is_one_value(block)) return;
    const TypeId type = typing_.regions[block].type;
    const auto [known, is_new] = counts_by_type_.try_emplace(type);
    if (is_new) known->second = types_.count_offset(type);
    if (known->second) add(block, *known->second);
  }

  bool is_one_value(std::uint32_t block) const {
    const RegionKind kind = typing_.regions[block].kind;
    return index_.plain(block) && (index_.block(block).flags & snapshot::kRootedArena) == 0 &&
           (kind == RegionKind::whole || kind == RegionKind::pointee);
  }

  void add(std::uint32_t block, std::uint64_t count_offset) {
    const Region& region = typing_.regions[block];
    found_[block].type = region.type;
    found_[block].handles = handles_counted(index_.block(block).address + region.base + count_offset);
    any_ = true;
  }

  // More than any words there are when the snapshot has no count: then a handle is missing.
  std::uint32_t handles_counted(std::uint64_t address) const {
    const auto& counts = index_.snapshot().counts;
    const auto at = std::lower_bound(counts.begin(), counts.end(), address,
                                     [](const auto& count, std::uint64_t a) { return count.address < a; });
    return at != counts.end() && at->address == address ? at->value : index_.pointer_count() + 1;
  }

  void note_object(std::uint32_t object, const Word& word) {
    const auto& row = index_.object(object);
    if (custom_types_[object] != TypeId::none) return;
    if (!index_.counts_itself(object) || !index_.owns_control_block(object)) return;
    const auto& block = index_.block(row.control_block);
    if (block.vtable != kNone || types_.size(word.element) != block.size) return;
    custom_types_[object] = word.element;
    any_ = true;
  }

  // Neither its vptr nor a handle says what it is: the constructors that announced it do.
  void ask_announcement(std::uint32_t object) {
    const auto& row = index_.object(object);
    if (!index_.counts_itself(object) || custom_types_[object] != TypeId::none || row.stack == 0) return;
    const auto& block = index_.block(row.control_block);
    if (!index_.owns_control_block(object) || block.vtable != kNone) return;
    const auto [at, is_new] = announced_.try_emplace(row.stack, TypeId::none);
    if (is_new) at->second = types_.announced_by(index_.snapshot().stack(row.stack));
    if (at->second == TypeId::none || types_.size(at->second) != block.size) return;
    custom_types_[object] = at->second;
    any_ = true;
  }

  void merge_objects() {
    Snapshot& after = result_.snapshot;
    after.objects.clear();
    std::uint32_t next = 0;  // block
    const auto add_found_below = [&](std::uint64_t address) {
      for (; next < index_.block_count() && index_.block(next).address < address; ++next) {
        if (!is_found(next)) continue;
        after.blocks[next].object = static_cast<std::uint32_t>(after.objects.size());
        if (found_[next].managed_block != kNone)
          after.blocks[found_[next].managed_block].object = after.blocks[next].object;
        after.objects.push_back(object_row(next, found_[next]));
        result_.types.push_back(found_[next].type);
      }
    };
    for (std::uint32_t o = 0; o < index_.object_count(); ++o) {
      add_found_below(index_.object(o).control);
      moved_.push_back(static_cast<std::uint32_t>(after.objects.size()));
      after.objects.push_back(index_.object(o));
      result_.types.push_back(custom_types_[o]);
    }
    add_found_below(UINT64_MAX);
    for (std::uint32_t b = 0; b < index_.block_count(); ++b) {
      if (!index_.plain(b)) after.blocks[b].object = moved_[index_.block(b).object];
    }
  }

  snapshot::ObjectRow object_row(std::uint32_t block, const Found& found) const {
    snapshot::ObjectRow row{};
    row.control = index_.block(block).address;
    row.control_block = block;
    row.managed = found.managed;
    row.managed_block = found.managed_block;
    row.vtable = kNone;
    row.use_count = found.handles;
    row.stack = index_.block(block).stack;
    row.family = snapshot::Family::intrusive;
    if (found.managed_block == kNone) {
      row.flags = snapshot::kObjectInPlace;
    } else {
      row.stack = index_.block(found.managed_block).stack;
    }
    return row;
  }

  // Pointers to what are objects now become their slots. A counting sort: slots are grouped by object.
  void move_slots() {
    Snapshot& after = result_.snapshot;
    after.pointers.clear();
    for (auto& object : after.objects) object.slot_count = 0;
    RowVector<snapshot::SlotRow> slots;
    slots.reserve(index_.slot_count());
    for (std::uint32_t row = 0; row < index_.slot_count(); ++row) {
      slots.push_back(index_.slot(row));
      slots.back().object = moved_[slots.back().object];
    }
    for (std::uint32_t p = 0; p < index_.pointer_count(); ++p) {
      const std::uint32_t block = pointed(p);
      if (!is_found(block)) {
        after.pointers.push_back(index_.pointer(p));
        continue;
      }
      snapshot::SlotRow slot{};
      slot.address = index_.pointer(p).address;
      slot.object = after.blocks[block].object;
      slot.block = index_.block_holding(slot.address);
      slot.place = snapshot::Place::block;
      slots.push_back(slot);
    }
    for (const auto& slot : slots) ++after.objects[slot.object].slot_count;
    std::vector<std::uint32_t> next;
    std::uint32_t first = 0;
    for (auto& object : after.objects) {
      object.first_slot = first;
      next.push_back(first);
      first += object.slot_count;
    }
    after.slots.resize(slots.size());
    for (const auto& slot : slots) after.slots[next[slot.object]++] = slot;
  }

  const HeapIndex& index_;
  const Typing& typing_;
  TypeModel& types_;
  std::vector<Found> found_;          // by block
  std::vector<std::uint32_t> moved_;  // by old object: its new row
  std::vector<TypeId> custom_types_;  // by old object
  std::unordered_map<TypeId, std::optional<std::uint64_t>> counts_by_type_;
  std::unordered_map<std::uint32_t, TypeId> announced_;  // by stack
  bool any_ = false;
  CountedHeap result_;
};

}  // namespace

std::optional<CountedHeap> find_counted(const HeapIndex& index, const Typing& typing, TypeModel& types,
                                        const std::vector<TypeId>& known) {
  Finder finder(index, typing, types, known);
  if (!finder.run()) return std::nullopt;
  return finder.make();
}

}  // namespace gordian
