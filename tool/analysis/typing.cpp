// typing.cpp - types spread through the heap, from what is known to what it points to.
//
// The user's problem: a reference is to be called what its author calls it,
// `Tree::kids[1]`, and a word in a vector's spare capacity is not to be taken for one.
//
// What is known at the start: the type of each object's control block, and of its managed
// object. From there a type model says of each recorded word what it is, and so what it
// leads to (containers.h):
//   - a vector's or deque's first word types the buffers as elements, exactly up to the end
//     that the words beside it give; what follows is spare capacity, and dead;
//   - a link of a map, set, list or hash table types a node, which has further links;
//   - a type-erased holder (std::function, std::any) is asked by the code it points to. What it
//     stores lies in a block of its own, or in its buffer: then the words there are that;
//   - a pointer to a class types the plain block it points to, as that class; a block with a known
//     vptr is what its vptr says, whatever the pointer's type. When the block is longer by a whole number of them, it is an array;
//     but where some class of its size has one in that place, its allocating code makes a larger class next, or something leads to
//     else inside it, it may be that. Behind the first value, and in what lies there leads to, the type gives names then, and counts
//     decide (Region::names_from).
// Pointers into other objects' blocks type nothing: those are typed by their objects.
//
// Method: breadth-first from the objects in order of birth; a block is typed once, by who
// comes first. A queue for each kind of knowledge, drained only while those before are empty: blocks whose
// type is certain, those that a container leads to, those that are as large as what a raw pointer to them points to, those
// behind other raw pointers, and those that only untyped words lead to. So
// an iterator or a stale pointer never takes a block from the container that it belongs to. And where raw pointers to a block
// do not agree on what a handle in it is, it is none that is known.
// Linear in the recorded words.
//
// What it misses: a type behind a raw pointer is a good guess, not knowledge (the pointer
// may be stale, or point to a first member; a vptr may be left over). Such a region is not `certain`: it may
// name a handle, but never calls a word dead. Blocks that several objects share (arenas) are left untyped.
#include "analysis/typing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "analysis/containers.h"
#include "analysis/erased_holders.h"
#include "analysis/root_blocks.h"
#include "analysis/self_descriptions.h"

namespace gordian {
namespace {

using snapshot::kNone;

class Spreader {
 public:
  Spreader(const HeapIndex& index, TypeModel& types, const KnownTypes& known)
      : index_(index), types_(types), known_(known), self_(index, types), result_{WordTable(types), {}, {}, {}, {}, {}, {}, {}},
        holders_(index, types, result_.words) {
    result_.regions.resize(index.block_count());
    result_.slot_words.assign(index.slot_count(), WordTable::untyped(0));
    result_.pointer_words.assign(index.pointer_count(), WordTable::untyped(0));
    result_.object_types.resize(index.object_count());
    state_.assign(index.block_count(), State::fresh);
  }

  Typing run() {
    start_at_roots();
    for (const std::uint32_t object : index_.by_birth()) {
      if (index_.counts_itself(object)) {
        start_at_counted(object);
      } else {
        start_at(object);
      }
    }
    for (std::uint32_t block = 0; block < known_.blocks.size(); ++block) {
      if (known_.blocks[block] == TypeId::none || state_[block] != State::fresh) continue;
      enter(block, pointee_of(known_.blocks[block]), State::guessed);
    }
    drain();
    // Blocks that no object reaches. Those that say what they are have something to say of the others: so
    // none of what they lead to is settled before all of them have spoken.
    for (std::uint32_t block = 0; block < index_.block_count(); ++block) {
      if (state_[block] == State::fresh && self_.own_type(block) != TypeId::none) wait(block, Region{}, Region{});
    }
    drain();
    for (std::uint32_t block = 0; block < index_.block_count(); ++block) {
      if (state_[block] != State::fresh) continue;
      wait(block, Region{}, Region{});
      drain();
    }
    for (const std::uint32_t p : raw_pointers_) contest(p);
    return std::move(result_);
  }

 private:
  // What is known of a block, the least first: nothing; that it is there; what a raw pointer says, to more or less than its type,
  // or to just that; what it says itself, or a container that is itself a guess; all that ever will be.
  enum class State : std::uint8_t { fresh, waiting, loose, fitting, guessed, settled };
  struct Queue {
    std::vector<std::uint32_t> blocks;
    std::size_t next = 0;
  };

  ControlType control_type(std::uint32_t vtable) {
    if (vtable == kNone) return {};
    const auto [at, is_new] = control_types_.try_emplace(vtable);
    if (is_new) at->second = types_.control_type(vtable);
    return at->second;
  }

  std::uint64_t type_size(TypeId type) { return self_.size(type); }

  void start_at_roots() {
    for (std::uint32_t block = 0; block < index_.block_count(); ++block) {
      if ((index_.block(block).flags & kRootBlock) == 0) continue;
      Region region;
      const auto variable = types_.variable_at(index_.block(block).address);
      const bool whole = variable && variable->address == index_.block(block).address;
      if (whole && variable->type != TypeId::none) set_whole(region, variable->type);
      region.may_be_dead = whole && variable->is_local;
      settle(block, region);
    }
  }

  void start_at(std::uint32_t object) {
    const auto& row = index_.object(object);
    const ControlType control = control_type(row.vtable);
    if (index_.owns_control_block(object)) {
      const auto& block = index_.block(row.control_block);
      Region region;
      region.object = object;
      region.base = narrow(row.control - block.address);
      if (row.managed != 0 && row.managed < row.control && row.managed >= block.address) {
        set_array(region, row, control.managed, narrow(row.managed - block.address));
      } else if (control.control != TypeId::none) {
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
      if (const TypeId dynamic = self_.dynamic_type(block.vtable); dynamic != TypeId::none) {
        set_whole(region, dynamic);
      } else {
        region.base = row.managed - block.address < block.size ? narrow(row.managed - block.address) : 0;
        if (control.managed != TypeId::none) set_managed(region, control, block.size - region.base);
      }
      settle(row.managed_block, region);
    }
    result_.object_types[object] = type_name(row.vtable, managed_vtable, control.managed_name);
  }

  void start_at_counted(std::uint32_t object) {
    const auto& row = index_.object(object);
    const bool apart = index_.owns_managed_block(object);
    const std::uint32_t block = apart ? row.managed_block : row.control_block;
    const bool whole_block = apart || index_.owns_control_block(object);
    const std::uint32_t vtable = whole_block ? index_.block(block).vtable : kNone;
    TypeId type = self_.dynamic_type(vtable);
    if (type == TypeId::none && object < known_.objects.size()) type = known_.objects[object];
    if (whole_block) {
      Region region;
      region.object = object;
      if (row.managed > index_.block(block).address)
        region.base = narrow(row.managed - index_.block(block).address);
      if (type != TypeId::none) set_whole(region, type);
      settle(block, region);
    }
    if (apart) {
      Region count;
      count.object = object;
      settle(row.control_block, count);
    }
    std::string name = vtable != kNone ? types_.dynamic_name(vtable) : std::string();
    if (name.empty() && type != TypeId::none) name = types_.name(type);
    result_.object_types[object] = number_of_name(std::move(name));
  }

  // The most derived name known, numbered.
  std::uint32_t type_name(std::uint32_t vtable, std::uint32_t managed_vtable, const std::string& declared) {
    const std::uint64_t key = (std::uint64_t{vtable} << 32) | managed_vtable;
    const auto [at, is_new] = names_by_vtables_.try_emplace(key);
    if (!is_new) return at->second;
    std::string name = managed_vtable != kNone ? types_.dynamic_name(managed_vtable) : std::string();
    if (name.empty()) name = declared;
    return at->second = number_of_name(std::move(name));
  }

  std::uint32_t number_of_name(std::string name) {
    if (name.empty()) name = kUnknownType;
    const auto [named, is_first] = names_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_first) {
      result_.type_names.push_back(name);
      result_.type_name_hashes.push_back(stable_hash(name));
    }
    return named->second;
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

  // make_shared<T[]>: elements up to the control block, which comes behind them.
  void set_array(Region& region, const snapshot::ObjectRow& row, TypeId element, std::uint32_t base) {
    const std::uint64_t size = type_size(element);
    region.base = base;
    if (size == 0 || size >= kNone) return;
    region.kind = RegionKind::array;
    region.certain = true;
    region.type = element;
    region.element_size = narrow(size);
    region.count = (row.control - row.managed) / size;
  }

  // new T, or new T[n]: by the name of what is managed, or by the count in front of the first T, where it is not alone (what is
  // in front of it may be a header of the program's operator new).
  void set_managed(Region& region, const ControlType& control, std::uint64_t room) {
    set_whole(region, control.managed);
    const std::uint64_t size = type_size(control.managed);
    const bool array = control.managed_name.ends_with("[]") || (region.base != 0 && room != size);
    if (!array || size == 0 || size >= kNone || room % size != 0) return;
    region.kind = RegionKind::array;
    region.element_size = narrow(size);
    region.count = room / size;
  }

  void enter(std::uint32_t block, const Region& region, State state) {
    result_.regions[block] = region;
    state_[block] = state;
    queue(state).blocks.push_back(block);
  }
  void settle(std::uint32_t block, const Region& region) { enter(block, region, State::settled); }
  void wait(std::uint32_t block, Region region, const Region& reached) {
    region.pointer = reached.pointer;
    region.object = reached.object;
    enter(block, region, State::waiting);
  }

  Queue& queue(State state) { return queues_[static_cast<std::size_t>(state)]; }

  // A block that somebody who knows better has taken is in its queue still.
  void drain() {
    while (true) {
      std::size_t level = queues_.size() - 1;
      while (level > 0 && queues_[level].next == queues_[level].blocks.size()) --level;
      if (level == 0) return;
      const std::uint32_t block = queues_[level].blocks[queues_[level].next++];
      const auto state = static_cast<State>(level);
      if (state == State::settled) {
        read_words(block);
      } else if (state_[block] == state) {
        Region region = result_.regions[block];
        if (state == State::waiting) self_.describe(block, region);
        settle(block, region);
      }
    }
  }

  // Names every recorded word in `block`, and follows the pointers among them.
  void read_words(std::uint32_t block) {
    const Region region = result_.regions[block];
    for (const std::uint32_t slot : index_.slots_in(block)) {
      result_.slot_words[slot] = slot_word(region, block, slot);
    }
    for (std::uint32_t p = index_.first_pointer(block); p < index_.end_pointer(block); ++p) {
      result_.pointer_words[p] = word_at(region, block, index_.pointer(p).address);
      const std::uint32_t target = index_.target(p);
      if (target == kNone || !index_.plain(target)) continue;
      note_kind(p);
      if (state_[target] == State::settled) continue;
      Region reached;
      reached.pointer = p;
      reached.object = region.object;
      if (has_name_only(region, index_.block(block), index_.pointer(p).address)) reached.names_from = 0;
      const WordId id = result_.pointer_words[p];
      const bool alive = WordTable::known(id) && !result_.words.word(id).may_be_dead && !result_.words.word(id).may_be_unmade;
      type_target(id, p, region.certain && alive, reached);
      if (state_[target] == State::fresh) wait(target, untyped_buffer(index_, p).value_or(reached), reached);
    }
  }

  // Where raw pointers to one block do not agree on what a handle is, nobody knows: one of them dangles, or is to a first member. And what
  // one points to inside an array, if it is no element, says that it is none.
  // Each reading is asked once, however many pointers are of its type.
  void contest(std::uint32_t p) {
    const std::uint32_t block = index_.target(p);
    Region& region = result_.regions[block];
    if (region.certain) return;
    const Word& word = result_.words.word(result_.pointer_words[p]);
    const std::uint64_t offset = index_.pointer(p).value - index_.block(block).address;
    if (!self_.may_be_element(region, offset, word, result_.words)) region.names_from = region.base + region.element_size;
    if (word.kind != WordKind::pointer) return;
    const auto rival = pointee_by(word, p);
    if (!rival || (rival->type == region.type && rival->base == region.base)) return;
    if (!contested_.insert({block, rival->type, rival->base}).second) return;
    for (const std::uint32_t slot : index_.slots_in(block)) {
      WordId& id = result_.slot_words[slot];
      const std::uint64_t address = index_.slot(slot).address;
      const WordId other = word_at(*rival, block, address);
      const bool known = WordTable::known(id) && WordTable::known(other) && !has_name_only(*rival, index_.block(block), address);
      if (!known || result_.words.word(id).kind == result_.words.word(other).kind) continue;
      id = WordTable::untyped(index_.slot(slot).address - index_.block(block).address);
    }
  }

  WordId slot_word(const Region& region, std::uint32_t block, std::uint32_t row) {
    const auto& slot = index_.slot(row);
    const WordId id = word_at(region, block, slot.address);
    if (!WordTable::known(id)) return id;
    const Word& word = result_.words.word(id);
    const bool announced = slot.log == snapshot::SlotLog::strong && index_.counts_itself(slot.object);
    if (announced && word.kind == WordKind::pointer) return result_.words.handle_around(id, !index_.plain(block));
    const bool guessed = has_name_only(region, index_.block(block), slot.address);
    return guessed && !agrees(word, slot.log) ? WordTable::untyped(slot.address - index_.block(block).address) : id;
  }

  // Whether it agrees with a word's type that it looks like a handle, and what was seen of it.
  static bool agrees(const Word& word, snapshot::SlotLog log) {
    switch (word.kind) {
      case WordKind::strong_handle:
      case WordKind::counted_handle:
        return log != snapshot::SlotLog::weak;
      case WordKind::weak_handle:
        return log != snapshot::SlotLog::strong;
      default:
        return word.kind == WordKind::unknown || word.kind == WordKind::erased;
    }
  }

  void note_kind(std::uint32_t p) {
    const WordId id = result_.pointer_words[p];
    if (!WordTable::known(id)) return;
    const Word& word = result_.words.word(id);
    if (word.kind == WordKind::pointer || word.kind == WordKind::not_a_slot || word.kind == WordKind::unknown)
      raw_pointers_.push_back(p);
    if (word.kind != WordKind::erased) return;
    if (const auto known = holders_.leads_to_own_block(word.erased, p)) result_.stored_blocks.emplace(p, *known);
  }

  WordId word_at(const Region& region, std::uint32_t block, std::uint64_t address) {
    const WordPlace place = place_in(region, index_.block(block), address);
    if (region.kind == RegionKind::links) return result_.words.link(region.type, region.element_size);
    if (region.kind == RegionKind::untyped || region.kind == RegionKind::filled || place.spare ||
        place.outside)
      return WordTable::untyped(place.offset);
    const WordId id = result_.words.typed(region.type, place.offset);
    const bool erased = WordTable::known(id) && result_.words.word(id).kind == WordKind::erased;
    return erased ? holders_.word_in_buffer(id, block, address) : id;
  }

  // Types what the word `id`, at row `p` of pointers, leads to, where the word tells.
  void type_target(WordId id, std::uint32_t p, bool certain, Region reached) {
    if (!WordTable::known(id)) return;
    const Word& word = result_.words.word(id);
    switch (word.kind) {
      case WordKind::vector_begin:
        return take(index_.target(p), elements_of(word, p), certain, reached);
      case WordKind::deque_begin:
        for (const Part& part : deque_parts(index_, p, word, element_size(word))) {
          if (index_.plain(part.block)) take(part.block, part.region, certain, reached);
        }
        return;
      case WordKind::buffers_begin:
        for (const Part& part : buffer_parts(index_, p, word, element_size(word))) {
          if (index_.plain(part.block)) take(part.block, part.region, certain, reached);
        }
        return;
      case WordKind::link:
        return take(index_.target(p), container_node(index_, p, word, element_size(word)), certain, reached);
      case WordKind::link_array:
        return take(index_.target(p), links_of(word), certain, reached);
      case WordKind::erased:
        return type_stored(word.erased, p, certain, reached);
      case WordKind::counted_handle:
      case WordKind::pointer:
        return type_pointee(word, p, reached);
      default:
        return;
    }
  }

  std::optional<Region> elements_of(const Word& vector, std::uint32_t p) {
    auto elements = vector_elements(index_, p, vector, element_size(vector));
    if (elements) elements->bounded = untyped_buffer(index_, p).has_value();
    return elements;
  }

  Region links_of(const Word& array) {
    Region links;
    links.kind = RegionKind::links;
    links.type = array.element;
    links.element_size = narrow(element_size(array));
    return links;
  }

  std::uint64_t element_size(const Word& word) {
    if (word.element == TypeId::none) return 0;
    return word.element_size != 0 ? word.element_size : type_size(word.element);
  }

  void take(std::uint32_t block, const std::optional<Region>& described, bool certain,
            const Region& reached, State state = State::guessed) {
    if (!described || state_[block] == State::settled) return;
    Region region = *described;
    region.certain = certain;
    region.pointer = reached.pointer;
    region.object = reached.object;
    if (reached.names_from == 0) {
      region.names_from = 0;
      state = State::loose;
    }
    if (certain) {
      settle(block, region);
    } else if (state_[block] < state) {
      enter(block, region, state);
    }
  }

  void type_stored(const ErasedPlace& place, std::uint32_t p, bool certain, const Region& reached) {
    const auto part = holders_.own_block(place, p);
    if (part) take(part->block, part->region, certain && part->region.certain, reached);
  }

  // What the raw pointer `p` says of its target, unless that says itself what it is.
  std::optional<Region> pointee_by(const Word& word, std::uint32_t p) {
    if (self_.is_part_of_container(word.element)) return std::nullopt;
    if (const TypeId own = self_.own_type(index_.target(p)); own != TypeId::none) return pointee_of(own);
    auto region = pointee(index_, p, word, element_size(word));
    // Where it makes no difference that the block is more than the first value, debug info and call stacks, which take
    // their time, are not asked.
    if (!region || !index_.has_words_from(index_.target(p), region->base + region->element_size)) return region;
    if (region->names_from != kNone && self_.is_array(*region, index_.target(p), result_.words)) {
      region->names_from = kNone;
      return region;
    }
    const auto made = self_.made_around(index_.target(p), *region);
    return made ? made : region;
  }

  bool fills(const Region& region, std::uint32_t p) const {
    return region.base == 0 && index_.block(index_.target(p)).size == region.element_size;
  }

  void type_pointee(const Word& word, std::uint32_t p, Region reached) {
    const auto region = pointee_by(word, p);
    if (!region) return;
    const std::uint32_t target = index_.target(p);
    const bool whole = region->element_size == 0;  // by itself, or by who made it
    const bool told = whole && region->names_from == kNone;
    if (told) reached.names_from = kNone;
    take(target, region, false, reached, told ? State::guessed : whole || fills(*region, p) ? State::fitting : State::loose);
  }

  const HeapIndex& index_;
  TypeModel& types_;
  const KnownTypes& known_;
  SelfDescriptions self_;
  Typing result_;
  ErasedHolders holders_;
  std::vector<State> state_;
  std::vector<std::uint32_t> raw_pointers_;  // rows of those to plain blocks; also of char* and the like
  std::set<std::tuple<std::uint32_t, TypeId, std::uint32_t>> contested_;  // block, and what it was said to be from where on
  std::array<Queue, 6> queues_;  // by State; none for fresh blocks
  std::unordered_map<std::uint32_t, ControlType> control_types_;
  std::unordered_map<std::uint64_t, std::uint32_t> names_by_vtables_;
  std::unordered_map<std::string, std::uint32_t> names_;
};

}  // namespace

Typing spread_types(const HeapIndex& index, TypeModel& types, const KnownTypes& known) {
  return Spreader(index, types, known).run();
}

}  // namespace gordian
