// arenas.cpp - one block, many objects.
//
// The user's problem: objects that allocate_shared put into a pool form a ring. The pool
// is alive, so the heap block that it carves up is owned, and everything in it looks it.
//
// The runtime says of such a block which objects in it nobody surely owns. A control
// block's type says how far each of these goes. So the block is cut: a piece for each such
// object, which is that object's own block from here on, and the pieces between, which are
// owned as the arena is. All later steps then see objects in blocks of their own.
//
// An arena with a single object, which lies at its very start, looks like a block of that object's own. It is one unless it is
// longer than the object's type, has references behind that, and somebody leads into it: owned memory does, or a pointer to what lies
// behind the object. Then it is cut in two, and what lies behind is owned. (An array is as long as its block.)
//
// In doubt nothing is cut: an object whose type is not known, which would overlap the next
// one or leave the block, stays part of the arena, and its references with it. Arenas that
// nobody owns are left whole too. One pass over blocks, objects and slots.
#include "analysis/arenas.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gordian {
namespace {

using snapshot::BlockRow;
using snapshot::kNone;

class Splitter {
 public:
  Splitter(const Snapshot& before, TypeModel& types) : before_(before), types_(types) {}

  std::optional<Snapshot> run() {
    find_arenas();
    if (arenas_.empty()) return std::nullopt;
    after_ = before_;
    after_.blocks.clear();
    auto next = arenas_.begin();
    for (std::uint32_t b = 0; b < before_.blocks.size(); ++b) {
      first_piece_.push_back(static_cast<std::uint32_t>(after_.blocks.size()));
      if (next == arenas_.end() || *next != b) {
        after_.blocks.push_back(before_.blocks[b]);
        continue;
      }
      BlockRow arena = before_.blocks[b];
      arena.flags |= snapshot::kRootedArena;
      arena.object = kNone;
      split(arena);
      ++next;
    }
    for (auto& object : after_.objects) {
      object.control_block = piece_holding(object.control_block, object.control);
      object.managed_block = piece_holding(object.managed_block, object.managed);
    }
    for (auto& slot : after_.slots) slot.block = piece_holding(slot.block, slot.address);
    return std::move(after_);
  }

 private:
  // A block that is its first object's, and longer.
  struct Longer {
    std::uint32_t block;
    std::uint64_t object_end;
    std::uint64_t end;
    bool led_into;
    bool has_words = false;

    bool has(std::uint64_t address) const { return address >= object_end && address < end; }
  };

  void find_arenas() {
    find_longer();
    note_words();
    auto next = longer_.begin();
    for (std::uint32_t b = 0; b < before_.blocks.size(); ++b) {
      const bool first = next != longer_.end() && next->block == b;
      const bool rooted = (before_.blocks[b].flags & snapshot::kRootedArena) != 0 && before_.blocks[b].size != 0;
      if (rooted || (first && next->led_into && next->has_words)) arenas_.push_back(b);
      if (first) ++next;
    }
  }

  void find_longer() {
    for (std::uint32_t o = 0; o < before_.objects.size(); ++o) {
      const auto& object = before_.objects[o];
      if (object.control_block == kNone) continue;
      const BlockRow& block = before_.blocks[object.control_block];
      if (block.object != o || block.address != object.control || object.vtable == kNone || is_array(object.vtable)) continue;
      const std::uint64_t size = extent(object);
      if (size == 0 || block.size < size + 8) continue;
      const bool seen = (object.flags & snapshot::kObjectSeen) != 0;
      longer_.push_back({object.control_block, block.address + size, block.address + block.size, seen});
    }
  }

  bool is_array(std::uint32_t vtable) {
    const ControlType& control = control_type(vtable);
    return control.managed == TypeId::none || control.managed_name.ends_with(']');
  }

  void note_words() {
    if (longer_.empty()) return;
    for (const auto& slot : before_.slots) {
      if (slot.place == snapshot::Place::block) note_word(slot.address);
    }
    for (const auto& pointer : before_.pointers) {
      note_word(pointer.address);
      Longer* to = longer_holding(pointer.value);
      if (to != nullptr && longer_holding(pointer.address) != to && !lies_in_object(*to, pointer.address)) to->led_into = true;
    }
  }

  void note_word(std::uint64_t address) {
    if (Longer* longer = longer_holding(address)) longer->has_words = true;
  }

  // The one behind whose object that lies.
  Longer* longer_holding(std::uint64_t address) {
    const auto after = std::upper_bound(longer_.begin(), longer_.end(), address,
                                        [](std::uint64_t a, const Longer& longer) { return a < longer.object_end; });
    return after != longer_.begin() && (after - 1)->has(address) ? &*(after - 1) : nullptr;
  }

  bool lies_in_object(const Longer& longer, std::uint64_t address) const {
    return address >= before_.blocks[longer.block].address && address < longer.object_end;
  }

  void split(const BlockRow& block) {
    const std::uint64_t end = block.address + block.size;
    std::uint64_t done = block.address;  // what lies below has its pieces
    const auto& objects = before_.objects;
    const auto first =
        std::lower_bound(objects.begin(), objects.end(), block.address,
                         [](const auto& object, std::uint64_t a) { return object.control < a; });
    for (auto at = first; at != objects.end() && at->control < end; ++at) {
      const auto next = at + 1;
      const std::uint64_t limit = next != objects.end() ? std::min(next->control, end) : end;
      const std::uint64_t size = extent(*at);
      if (size == 0 || size > limit - at->control || at->control < done) continue;
      add_rest(block, done, at->control);
      BlockRow piece = block;
      piece.address = at->control;
      piece.size = size;
      piece.vtable = at->vtable;
      piece.object = static_cast<std::uint32_t>(at - objects.begin());
      piece.stack = at->stack;
      piece.flags &= ~std::uint32_t{snapshot::kRootedArena};
      after_.blocks.push_back(piece);
      done = at->control + size;
    }
    add_rest(block, done, end);
  }

  void add_rest(const BlockRow& block, std::uint64_t from, std::uint64_t to) {
    if (from >= to) return;
    BlockRow rest = block;
    rest.address = from;
    rest.size = to - from;
    if (from != block.address) rest.vtable = kNone;
    after_.blocks.push_back(rest);
  }

  const ControlType& control_type(std::uint32_t vtable) {
    const auto [at, is_new] = control_types_.try_emplace(vtable);
    if (is_new) at->second = types_.control_type(vtable);
    return at->second;
  }

  // Bytes from the control block's start that are the object's alone; 0 when not known.
  std::uint64_t extent(const snapshot::ObjectRow& object) {
    if (object.vtable == kNone || object.use_count == 0) return 0;
    const TypeId control = control_type(object.vtable).control;
    return control != TypeId::none ? types_.size(control) : 0;
  }

  std::uint32_t piece_holding(std::uint32_t block, std::uint64_t address) const {
    if (block == kNone) return kNone;
    std::uint32_t piece = first_piece_[block];
    const auto last = block + 1 < first_piece_.size() ? first_piece_[block + std::size_t{1}]
                                                      : static_cast<std::uint32_t>(after_.blocks.size());
    const auto from = after_.blocks.begin() + piece;
    const auto after = std::upper_bound(from, after_.blocks.begin() + last, address,
                                        [](std::uint64_t a, const BlockRow& row) { return a < row.address; });
    if (after != from) piece = static_cast<std::uint32_t>(after - after_.blocks.begin()) - 1;
    return piece;
  }

  const Snapshot& before_;
  TypeModel& types_;
  std::unordered_map<std::uint32_t, ControlType> control_types_;
  std::vector<Longer> longer_;          // by address
  std::vector<std::uint32_t> arenas_;   // blocks to cut, by address
  Snapshot after_;
  std::vector<std::uint32_t> first_piece_;  // by block of `before_`: its first row in `after_`
};

}  // namespace

std::optional<Snapshot> split_arenas(const Snapshot& snapshot, TypeModel& types) {
  return Splitter(snapshot, types).run();
}

}  // namespace gordian
