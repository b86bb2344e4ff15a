// typing.cpp - types spread through the heap, from what is known to what it points to.
//
// The user's problem: a reference is to be called what its author calls it,
// `Tree::kids[1]`, and a word in a vector's spare capacity is not to be taken for one.
//
// What is known at the start: the type of each object's control block, and of its managed
// object. From there a type model says of each recorded word what it is:
//   - a vector's first word types the buffer as elements, exactly up to the end that the
//     vector's second word gives; what follows is spare capacity, and dead;
//   - a pointer to a class types the plain block it points to, as that class, or as an
//     array of it when the block is longer by a whole number of them; a block with a known
//     vptr is what its vptr says, whatever the pointer's type.
// Pointers into other objects' blocks type nothing: those are typed by their objects.
//
// Method: breadth-first from the objects in order of birth; a block is typed once, by who
// comes first. Blocks that only untyped words lead to wait in a second queue until the
// first is empty, so a type is never lost to chance. Linear in the recorded words.
//
// What it misses: a type behind a raw pointer is a good guess, not knowledge (the pointer
// may be stale, or point to a first member; a vptr may be left over). Such a region is not `certain`: it may
// name a handle, but never calls a word dead. Blocks that several objects share (arenas) are left untyped.
//
// Further containers and closures (map nodes, deque maps, std::function targets) plug in
// at type_target(): one more WordKind, one more way to describe the target's Region.
#include "analysis/typing.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace gordian {
namespace {

using snapshot::kNone;

class Spreader {
 public:
  Spreader(const HeapIndex& index, TypeModel& types)
      : index_(index), types_(types), result_{WordTable(types), {}, {}, {}, {}, {}, {}} {
    result_.regions.resize(index.block_count());
    result_.slot_words.assign(index.slot_count(), WordTable::untyped(0));
    result_.pointer_words.assign(index.pointer_count(), WordTable::untyped(0));
    result_.object_types.resize(index.object_count());
    state_.assign(index.block_count(), State::fresh);
  }

  Typing run() {
    for (const std::uint32_t object : index_.by_birth()) start_at(object);
    drain();
    for (std::uint32_t block = 0; block < index_.block_count(); ++block) {
      if (state_[block] != State::fresh) continue;  // a block that no object reaches
      wait(block, Region{});
      drain();
    }
    return std::move(result_);
  }

 private:
  enum class State : std::uint8_t { fresh, waiting, settled };

  ControlType control_type(std::uint32_t vtable) {
    if (vtable == kNone) return {};
    const auto [at, is_new] = control_types_.try_emplace(vtable);
    if (is_new) at->second = types_.control_type(vtable);
    return at->second;
  }

  TypeId dynamic_type(std::uint32_t vtable) {
    if (vtable == kNone) return TypeId::none;
    const auto [at, is_new] = dynamic_types_.try_emplace(vtable, TypeId::none);
    if (is_new) at->second = types_.dynamic_type(vtable);
    return at->second;
  }

  std::uint64_t type_size(TypeId type) {
    const auto [at, is_new] = sizes_.try_emplace(static_cast<std::uint32_t>(type), 0);
    if (is_new) at->second = types_.size(type);
    return at->second;
  }

  void start_at(std::uint32_t object) {
    const auto& row = index_.object(object);
    const ControlType control = control_type(row.vtable);
    if (index_.owns_control_block(object)) {
      const auto& block = index_.block(row.control_block);
      Region region;
      region.object = object;
      region.base = narrow(row.control - block.address);
      if (control.control != TypeId::none) {
        set_whole(region, control.control);
      } else if (index_.in_place(object) && index_.managed_start(object) >= block.address) {
        region.base = narrow(index_.managed_start(object) - block.address);
        if (control.managed != TypeId::none && row.managed != 0) set_whole(region, control.managed);
      }
      settle(row.control_block, region);
    }
    std::uint32_t managed_vtable = kNone;
    if (index_.owns_managed_block(object)) {
      const auto& block = index_.block(row.managed_block);
      managed_vtable = block.vtable;
      Region region;
      region.object = object;
      if (const TypeId dynamic = dynamic_type(block.vtable); dynamic != TypeId::none) {
        set_whole(region, dynamic);
      } else {
        region.base = row.managed - block.address < block.size ? narrow(row.managed - block.address) : 0;
        if (control.managed != TypeId::none) set_whole(region, control.managed);
      }
      settle(row.managed_block, region);
    }
    result_.object_types[object] = type_name(row.vtable, managed_vtable, control.managed_name);
  }

  // The most derived name known, numbered.
  std::uint32_t type_name(std::uint32_t vtable, std::uint32_t managed_vtable, const std::string& declared) {
    const std::uint64_t key = (std::uint64_t{vtable} << 32) | managed_vtable;
    const auto [at, is_new] = names_by_vtables_.try_emplace(key);
    if (!is_new) return at->second;
    std::string name = managed_vtable != kNone ? types_.dynamic_name(managed_vtable) : std::string();
    if (name.empty()) name = declared;
    if (name.empty()) name = kUnknownType;
    const auto [named, is_first] = names_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_first) {
      result_.type_names.push_back(name);
      result_.type_name_hashes.push_back(stable_hash(name));
    }
    return at->second = named->second;
  }

  // Bases and element sizes of 4 GiB are not worth 8 bytes per block: such a region is wrongly
  // placed, so its words fit no handle.
  static std::uint32_t narrow(std::uint64_t value) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, kNone));
  }

  static void set_whole(Region& region, TypeId type) {
    region.kind = RegionKind::whole;
    region.certain = true;
    region.type = type;
  }

  // A plain block by its own first word, which may be a dead object's.
  static void set_pointee(Region& region, TypeId type) {
    region.kind = RegionKind::pointee;
    region.type = type;
  }

  void settle(std::uint32_t block, const Region& region) {
    result_.regions[block] = region;
    state_[block] = State::settled;
    settled_.push_back(block);
  }

  // `block` has been seen, but its type has not: it is settled once no typed block is left.
  void wait(std::uint32_t block, const Region& region) {
    result_.regions[block] = region;
    state_[block] = State::waiting;
    waiting_.push_back(block);
  }

  void drain() {
    while (next_settled_ < settled_.size() || next_waiting_ < waiting_.size()) {
      if (next_settled_ < settled_.size()) {
        read_words(settled_[next_settled_++]);
        continue;
      }
      const std::uint32_t block = waiting_[next_waiting_++];
      if (state_[block] == State::settled) continue;
      Region region = result_.regions[block];
      if (const TypeId dynamic = dynamic_type(index_.block(block).vtable); dynamic != TypeId::none) {
        set_pointee(region, dynamic);
      }
      settle(block, region);
    }
  }

  // Names every recorded word in `block`, and follows the pointers among them.
  void read_words(std::uint32_t block) {
    const Region region = result_.regions[block];
    for (const std::uint32_t slot : index_.slots_in(block)) {
      result_.slot_words[slot] = word_at(region, block, index_.slot(slot).address);
    }
    for (std::uint32_t p = index_.first_pointer(block); p < index_.end_pointer(block); ++p) {
      result_.pointer_words[p] = word_at(region, block, index_.pointer(p).address);
      const std::uint32_t target = index_.target(p);
      if (target == kNone || !index_.plain(target) || state_[target] == State::settled) continue;
      Region reached;
      reached.pointer = p;
      reached.object = region.object;
      if (type_target(result_.pointer_words[p], p, target, region.certain, reached)) {
        settle(target, reached);
      } else if (state_[target] == State::fresh) {
        wait(target, reached);
      }
    }
  }

  WordId word_at(const Region& region, std::uint32_t block, std::uint64_t address) {
    const WordPlace place = place_in(region, index_.block(block), address);
    if (region.kind == RegionKind::untyped || place.spare || place.outside)
      return WordTable::untyped(place.offset);
    return result_.words.typed(region.type, place.offset);
  }

  // Describes the block `target` that the word `id`, at row `p` of pointers, points to.
  // False when the word does not tell what it is.
  bool type_target(WordId id, std::uint32_t p, std::uint32_t target, bool certain, Region& region) {
    if (!WordTable::known(id)) return false;
    const Word& word = result_.words.word(id);
    if (word.element == TypeId::none) return false;
    switch (word.kind) {
      case WordKind::vector_begin:
        return type_elements(word, p, target, certain, region);
      case WordKind::pointer:
        return type_pointee(word, p, target, region);
      default:
        return false;
    }
  }

  // The word after a vector's first is its end; it is recorded like any other pointer.
  std::optional<std::uint64_t> vector_end(std::uint32_t p) const {
    if (p + 1 >= index_.pointer_count()) return std::nullopt;
    const auto& next = index_.pointer(p + 1);
    if (next.address != index_.pointer(p).address + 8) return std::nullopt;
    return next.value;
  }

  bool type_elements(const Word& word, std::uint32_t p, std::uint32_t target, bool certain, Region& region) {
    const std::uint64_t size = word.element_size != 0 ? word.element_size : type_size(word.element);
    const std::uint64_t begin = index_.pointer(p).value;
    const auto end = vector_end(p);
    const auto& block = index_.block(target);
    if (size == 0 || size >= kNone || begin - block.address >= kNone || !end || *end < begin ||
        *end - block.address > block.size)
      return false;
    if ((*end - begin) % size != 0) return false;
    region.kind = RegionKind::elements;
    region.certain = certain;
    region.type = word.element;
    region.base = narrow(begin - block.address);
    region.element_size = narrow(size);
    region.count = (*end - begin) / size;
    return true;
  }

  bool type_pointee(const Word& word, std::uint32_t p, std::uint32_t target, Region& region) {
    const auto& block = index_.block(target);
    if (const TypeId dynamic = dynamic_type(block.vtable); dynamic != TypeId::none) {
      set_pointee(region, dynamic);
      return true;
    }
    const std::uint64_t size = word.element_size != 0 ? word.element_size : type_size(word.element);
    const std::uint64_t base = index_.pointer(p).value - block.address;
    constexpr std::uint64_t kArrayCookie = 16;  // new T[n] keeps n before the first T, in 8 or 16 bytes
    if (size == 0 || size >= kNone || base > kArrayCookie || base + size > block.size) return false;
    const std::uint64_t room = block.size - base;
    if (base != 0 && room % size != 0) return false;
    region.type = word.element;
    region.base = narrow(base);
    region.element_size = narrow(size);
    region.count = room % size == 0 ? room / size : 1;
    region.kind = region.count > 1 ? RegionKind::array : RegionKind::pointee;
    return true;
  }

  const HeapIndex& index_;
  TypeModel& types_;
  Typing result_;
  std::vector<State> state_;
  std::vector<std::uint32_t> settled_, waiting_;
  std::size_t next_settled_ = 0, next_waiting_ = 0;
  std::unordered_map<std::uint32_t, ControlType> control_types_;
  std::unordered_map<std::uint32_t, TypeId> dynamic_types_;
  std::unordered_map<std::uint32_t, std::uint64_t> sizes_;
  std::unordered_map<std::uint64_t, std::uint32_t> names_by_vtables_;
  std::unordered_map<std::string, std::uint32_t> names_;
};

}  // namespace

WordPlace place_in(const Region& region, const snapshot::BlockRow& block, std::uint64_t address) {
  const std::uint64_t in_block = address - block.address;
  if (in_block < region.base) return {0, in_block, false, true};
  const std::uint64_t offset = in_block - region.base;
  if (region.kind != RegionKind::elements && region.kind != RegionKind::array)
    return {0, offset, false, false};
  const std::uint64_t element = offset / region.element_size;
  if (element < region.count) return {element, offset % region.element_size, false, false};
  const bool spare = region.kind == RegionKind::elements;
  return {element, offset, spare, !spare};
}

Typing spread_types(const HeapIndex& index, TypeModel& types) {
  return Spreader(index, types).run();
}

}  // namespace gordian
