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
// In doubt nothing is cut: an object whose type is not known, which would overlap the next
// one or leave the block, stays part of the arena, and its references with it. Arenas that
// nobody owns are left whole too. One pass over blocks, objects and slots.
#include "analysis/arenas.h"

#include <algorithm>
#include <vector>

namespace gordian {
namespace {

using snapshot::BlockRow;
using snapshot::kNone;

class Splitter {
 public:
  Splitter(const Snapshot& before, TypeModel& types) : before_(before), types_(types), after_(before) {}

  Snapshot run() {
    after_.blocks.clear();
    for (std::uint32_t b = 0; b < before_.blocks.size(); ++b) {
      first_piece_.push_back(static_cast<std::uint32_t>(after_.blocks.size()));
      const BlockRow& block = before_.blocks[b];
      if ((block.flags & snapshot::kRootedArena) != 0 && block.size != 0) {
        split(b);
      } else {
        after_.blocks.push_back(block);
      }
    }
    for (auto& object : after_.objects) {
      object.control_block = piece_holding(object.control_block, object.control);
      object.managed_block = piece_holding(object.managed_block, object.managed);
    }
    for (auto& slot : after_.slots) slot.block = piece_holding(slot.block, slot.address);
    return std::move(after_);
  }

 private:
  void split(std::uint32_t arena) {
    const BlockRow& block = before_.blocks[arena];
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

  // Bytes from the control block's start that are the object's alone; 0 when not known.
  std::uint64_t extent(const snapshot::ObjectRow& object) {
    if (object.vtable == kNone || object.use_count == 0) return 0;
    const TypeId control = types_.control_type(object.vtable).control;
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
  Snapshot after_;
  std::vector<std::uint32_t> first_piece_;  // by block of `before_`: its first row in `after_`
};

}  // namespace

std::optional<Snapshot> split_arenas(const Snapshot& snapshot, TypeModel& types) {
  const bool any = std::any_of(snapshot.blocks.begin(), snapshot.blocks.end(), [](const BlockRow& block) {
    return (block.flags & snapshot::kRootedArena) != 0;
  });
  if (!any) return std::nullopt;
  return Splitter(snapshot, types).run();
}

}  // namespace gordian
