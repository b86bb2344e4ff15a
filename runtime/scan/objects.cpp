// objects.cpp - see objects.h.
#include "scan/objects.h"

#include "process/unloaded_modules.h"
#include "scan/words.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Less than a pointer behind the counts is no control block: it could manage nothing.
constexpr std::size_t kSmallestManaged = 8;

constexpr std::uint64_t kMostHandles = 1u << 30;  // a larger count is none

}  // namespace

void Objects::list_announced(PageArray<Announced>& announced) noexcept {
  for_each_object_entry([&](Address control, StackId stack, std::uint32_t birth) {
    const std::uint32_t block = heap_.find(control);
    if (block == kNoIndex) {
      ++foreign_;
      return;
    }
    announced.push({control, block, stack, birth});
  });
}

bool Objects::build() noexcept {
  PageArray<Announced> announced;
  list_announced(announced);
  std::size_t next = 0;
  const auto blocks = static_cast<std::uint32_t>(heap_.blocks().size());
  for (std::uint32_t b = 0; b < blocks; ++b) find_in_block(b, announced, next);
  for (std::uint32_t i = 0; i < objects_.size(); ++i) attach(i);
  for (std::uint32_t i = 0; i < objects_.size(); ++i) {
    // What counts itself is its whole block, also where a base class in the middle of it was announced.
    const Block& block = heap_[objects_[i].control_block];
    if (objects_[i].is_counted() && block.object == i) objects_[i].control = block.start;
  }
  return !announced.failed() && !objects_.failed() && !classes_.failed();
}

// Both sources come in address order, and so do objects_. `next` is the first announced object
// that does not lie before the block.
void Objects::find_in_block(std::uint32_t b, const PageArray<Announced>& announced,
                            std::size_t& next) noexcept {
  const Block& block = heap_[b];
  const auto made_with_block = static_cast<StackId>(block.stack);
  heap_.for_each_word_in(block.start, block.start + block.size, [&](Address at, std::uint64_t word) {
    if (next < announced.size() && announced[next].control == at) {
      const Announced& a = announced[next++];
      const std::uint64_t counted = g_live.counts.get(at);
      if (packed_matches(counted, at)) return add_counted(at, b, a, counted);
      add(at, b, a.stack != StackId::none ? a.stack : made_with_block, a.birth, true);
    } else if (classes_.find_control(word) != kNoIndex) {
      add(at, b, made_with_block, 0, false);
    }
  });
  while (next < announced.size() && announced[next].block == b) ++next;  // no room for one there
}

// Memory is the truth: an entry whose memory no longer looks like a control block is of
// one that died unannounced, unless all says that it was overwritten.
void Objects::add(Address control, std::uint32_t block, StackId stack, std::uint32_t birth,
                  bool announced) noexcept {
  const Address end = heap_[block].start + heap_[block].size;
  if (control + 8 > end) return;
  const std::uint32_t c = classes_.find(load_word(control));
  if (c == kNoIndex) {
    if (announced) add_overwritten(control, block);
    return;
  }
  const ClassInfo& info = classes_[c];
  const bool has_rtti = info.name != nullptr;
  if (has_rtti && info.kind.holding == Holding::not_control) return;
  const FamilyRow row = has_rtti ? info.family : FamilyRow::shim;
  const ControlFamily& family = family_at(row);
  if (control + family.header + kSmallestManaged > end) return;
  const Counts counts = read_counts(family, control);
  const bool guessed = !announced && control != heap_[block].start;
  if (!counts.plausible && (guessed || !counts.overwritten)) return;
  if (guessed && counts.use == 0) return;  // what an arena's dead objects leave behind may look expired
  Object object{};
  object.control = control;
  object.control_block = block;
  object.managed_block = kNoIndex;
  object.class_index = c;
  object.use_count = counts.use;
  object.weak_count = counts.weak;
  object.stack = static_cast<std::uint32_t>(stack);
  object.birth = birth;
  object.row = kNoIndex;
  object.family_row = row;
  object.holding = has_rtti ? info.kind.holding : Holding::unknown;
  learns_ = learns_ || object.holding == Holding::unknown;
  object.managed_at = info.kind.managed_at;
  object.state = announced ? kObjAnnounced : guessed ? kObjGuessed : 0;
  if (!counts.plausible) {
    object.state |= kObjHeld;
    note_impossible(counts);
  }
  if (object.managed_at == ManagedAt::in_front) object.managed = heap_[block].start;
  objects_.push(object);
}

// A reader of the report is told one of the numbers, for it may tell what wrote there.
void Objects::note_impossible(const Counts& counts) noexcept {
  const bool use = counts.use >= kMostHandles;
  Impossible& impossible = use ? impossible_use_ : impossible_weak_;
  if (impossible.objects++ == 0) impossible.count = static_cast<std::int32_t>(use ? counts.use : counts.weak);
}

void Objects::add_overwritten(Address control, std::uint32_t block) noexcept {
  const ControlFamily& family = family_at(FamilyRow::shim);
  if (control != heap_[block].start || heap_[block].size < family.header + kSmallestManaged) return;
  if (classes_.may_be_unknown(load_word(control)) || forgotten_modules() != 0) return;
  const Counts counts = read_counts(family, control);
  if (!counts.plausible || counts.use == 0) return;
  overwritten_.push({control, block, counts.use + counts.weak, 0, false});
}

// Several workers may find words to the same one.
void Objects::note_word_to_overwritten(std::uint64_t before, std::uint64_t word) noexcept {
  const std::size_t i = count_before(overwritten_, [word](const Overwritten& object) { return object.control < word; });
  if (i == overwritten_.size() || overwritten_[i].control != word) return;
  __atomic_fetch_add(&overwritten_[i].words, 1, __ATOMIC_RELAXED);
  if (before == word + family_at(FamilyRow::shim).header) __atomic_store_n(&overwritten_[i].in_place, true, __ATOMIC_RELAXED);
}

// What a shared_ptr manages in place, control block and all, is a block like any other; so is an object whose
// count lies elsewhere.
void Objects::add_counted(Address at, std::uint32_t b, const Announced& announced,
                          std::uint64_t entry) noexcept {
  const Block& block = heap_[b];
  const Address count = counted_at(entry);
  const bool wide = (entry & kWide) != 0;
  const bool in_place = !objects_.empty() && objects_[objects_.size() - 1].control_block == b &&
                        !objects_[objects_.size() - 1].is_counted();
  if (in_place || count < block.start || count + (wide ? 8 : 4) > block.start + block.size) return;
  std::uint64_t value = 0;
  __builtin_memcpy(&value, reinterpret_cast<const void*>(count), wide ? 8 : 4);
  if (value > kMostHandles) return;
  Object object{};
  object.control = at;
  object.control_block = b;
  object.managed_block = kNoIndex;
  object.class_index = kNoIndex;
  object.use_count = static_cast<std::uint32_t>(value);
  object.stack = static_cast<std::uint32_t>(announced.stack);
  object.birth = announced.birth;
  object.row = kNoIndex;
  object.family_row = FamilyRow::counted;
  object.holding = Holding::in_place;
  object.state = kObjAnnounced;
  objects_.push(object);
}

// A control block alone in its heap block, in front or behind an array, makes the whole
// block the object's. Any other layout is an arena: whoever points into it keeps it, and what
// lies in it between the objects. (An arena that begins with its only object is told from that object's own block by the
// object's type alone: that is for the tool.)
void Objects::attach(std::uint32_t index) noexcept {
  Object& object = objects_[index];
  Block& block = heap_[object.control_block];
  if (block.object == kNoIndex && (block.state & kBlockShared) == 0 &&
      (object.control == block.start || object.managed_at == ManagedAt::in_front || object.is_counted())) {
    block.object = index;
    return;
  }
  block.state |= kBlockShared;
  block.object = kNoIndex;
}

bool Objects::is_undecided(const Object& object) const noexcept {
  if ((object.state & kObjOwned) != 0 || object.is_stray()) return false;
  const std::uint8_t block = heap_[object.control_block].state;
  if ((block & kBlockShared) != 0 && (block & kBlockOwned) != 0) return false;
  if (!object.expired()) return true;
  const bool may_hold = object.holding == Holding::deleting || object.holding == Holding::deleter;
  return may_hold && !object.is_remains() && (object.state & kObjControlOwned) == 0;
}

std::uint32_t Objects::first_from(Address at) const noexcept {
  return static_cast<std::uint32_t>(count_before(objects_, [at](const Object& object) { return object.control < at; }));
}

Address Objects::end_of_segment(const Object& object) const noexcept {
  const Block& block = heap_[object.control_block];
  const Address end = block.start + block.size;
  const std::uint32_t next = index_of(object) + 1;
  return next < objects_.size() && objects_[next].control < end ? objects_[next].control : end;
}

Target Objects::classify(std::uint64_t word, std::uint32_t b) const noexcept {
  if (b == kNoIndex) return {Target::nothing, kNoIndex};
  if (!heap_.contains(b, word)) {
    // One past the end is a pointer to the block too, where nothing else can own it. (Another
    // block never starts there: the allocator's header lies between.)
    const bool plain = heap_.ends_at(b, word) && heap_[b].object == kNoIndex;
    return plain ? Target{Target::plain_block, b} : Target{Target::nothing, kNoIndex};
  }
  const Block& block = heap_[b];
  if (block.object != kNoIndex) {
    const Object& object = objects_[block.object];
    const bool exact = word == object.control || object.is_counted();
    return {exact ? Target::control_word : Target::into_object, block.object};
  }
  if (has_state(block.state, kBlockShared)) {
    const std::uint32_t object = first_from(word);
    if (object < objects_.size() && objects_[object].control == word) return {Target::control_word, object};
  }
  return {Target::plain_block, b};
}

void Objects::learn_holding(Object& object, std::uint64_t stored) const noexcept {
  if (object.holding != Holding::unknown || stored == 0) return;
  const Block& block = heap_[object.control_block];
  if (stored > object.control && stored < block.start + block.size) {
    object.holding = Holding::in_place;
  } else if (load_word(object.behind_counts()) == stored) {
    object.holding = Holding::pointer;
    object.managed_at = ManagedAt::behind_counts;
  } else if (load_word(block.start + block.size - 8) == stored && block.size % 8 == 0) {
    object.holding = Holding::deleter;
    object.managed_at = ManagedAt::at_end;
  }
}

Address managed_pointer_at(const Object& object, const Heap& heap) noexcept {
  const Block& block = heap[object.control_block];
  if (object.managed_at == ManagedAt::behind_counts) return object.behind_counts();
  if (object.managed_at != ManagedAt::at_end || object.control != block.start || block.size % 8 != 0)
    return 0;
  // The pointer is the last member; a deleter aligned to 16 bytes leaves padding behind it.
  const Address last = block.start + block.size - 8;
  if (load_word(last) == 0 && last - 8 >= object.behind_counts() &&
      heap.find(load_word(last - 8)) != kNoIndex) {
    return last - 8;
  }
  return last;
}

namespace {

// new T[n] keeps n in front of the first T, in 8 or 16 bytes, where T has a destructor. What a
// deleter that surely deletes was given such a pointer for is the whole block.
bool behind_array_count(const Object& object, const Block& block) noexcept {
  const std::uint64_t offset = object.managed - block.start;
  if (object.adopted() || (offset != 8 && offset != 16) || offset >= block.size) return false;
  const std::uint64_t count = load_word(object.managed - 8);
  return count != 0 && (block.size - offset) % count == 0;
}

}  // namespace

void Objects::find_managed_blocks() noexcept {
  for (std::uint32_t i = 0; i < objects_.size(); ++i) {
    Object& object = objects_[i];
    if (object.expired()) continue;
    const Address at = managed_pointer_at(object, heap_);
    if (at == 0) continue;
    object.managed = load_word(at);
    const std::uint32_t b = heap_.find(object.managed);
    // A managed object in the middle of a block is part of something larger: a member, a
    // piece of a pool. Its block stays plain, so whoever points at it keeps it.
    if (b == kNoIndex) continue;
    if (heap_[b].start != object.managed && !behind_array_count(object, heap_[b])) continue;
    if (heap_[b].object != kNoIndex || (heap_[b].state & kBlockShared) != 0) continue;
    heap_[b].object = i;
    heap_[b].state |= kBlockManaged;
    object.managed_block = b;
  }
}

}  // namespace gordian::rt
