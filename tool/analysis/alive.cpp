// alive.cpp - see alive.h.
//
// As a graph: a flood from the blocks whose type is certain, over the pointers that own. What it
// misses: an owner that is known to nobody but its class, as a handle of the program's own is. Then there is doubt.
#include "analysis/alive.h"

#include <string_view>
#include <utility>

#include "analysis/containers.h"

namespace gordian {
namespace {

using snapshot::kNone;

// Until libstdc++'s promise, or what else is to make it, has a result, this leads to the room for that. Then the shared state gets it, as
// the first of its members, behind its vptr; with an exception in place of a value as well.
bool leads_to_promised(std::string_view type) {
  return type.starts_with("std::unique_ptr<std::__future_base::_Result<") ||
         type.starts_with("std::unique_ptr<std::__future_base::_Result_alloc<");
}
constexpr std::string_view kSharedState = "std::__future_base::_";

class OwnersFlood {
 public:
  OwnersFlood(const HeapIndex& index, const Typing& typing) : index_(index), typing_(typing) {
    lives_.lives.assign(index.block_count(), Life::doubtful);
    lives_.makings.assign(index.block_count(), Making::unknown);
  }

  Lives run() {
    for (std::uint32_t object = 0; object < index_.object_count(); ++object) {
      if (typing_.type_name(object).starts_with(kSharedState)) note_result(object);
    }
    for (std::uint32_t block = 0; block < index_.block_count(); ++block) {
      if (typing_.regions[block].certain) take(block);
    }
    while (!work_.empty()) {
      const std::uint32_t block = work_.back();
      work_.pop_back();
      for (std::uint32_t p = index_.first_pointer(block); p < index_.end_pointer(block); ++p) follow(block, p);
    }
    return std::move(lives_);
  }

 private:
  void take(std::uint32_t block) {
    if (lives_.lives[block] == Life::alive) return;
    lives_.lives[block] = Life::alive;
    work_.push_back(block);
  }

  void follow(std::uint32_t block, std::uint32_t p) {
    const std::uint32_t target = index_.target(p);
    if (target == kNone || target == block || !index_.plain(target)) return;
    const Region& home = typing_.regions[block];
    const WordId id = typing_.pointer_words[p];
    if (home.may_be_dead || !WordTable::known(id) || has_name_only(home, index_.block(block), index_.pointer(p).address)) return;
    const Word& word = typing_.words.word(id);
    if (word.may_be_dead || word.may_be_unmade) return;
    if (leads_to_promised(word.type) && leads_to_value(p)) lives_.makings[target] = Making::unmade;
    if (owns(home, word, p)) take(target);
  }

  void note_result(std::uint32_t state) {
    constexpr std::uint64_t kResult = 8;
    constexpr std::uint64_t kError = 8;  // in the result: behind its vptr, too
    const std::uint32_t block = index_.in_place(state) ? index_.object(state).control_block : index_.object(state).managed_block;
    if (block == kNone || index_.expired(state)) return;
    const auto result = pointer_at(index_, block, index_.managed_start(state) + kResult);
    const std::uint32_t target = result ? index_.block_holding(*result) : kNone;
    if (target == kNone || !index_.plain(target) || index_.block(target).address != *result) return;
    lives_.makings[target] = pointer_at(index_, target, *result + kError) ? Making::unmade : Making::made;
  }

  // Whether the word, which is alive, destroys what its pointer leads to, and that is what its block was taken for.
  bool owns(const Region& home, const Word& word, std::uint32_t p) const {
    const std::uint32_t target = index_.target(p);
    const Region& region = typing_.regions[target];
    switch (word.kind) {
      case WordKind::pointer:
        return owned_by_pointer(word, p);
      case WordKind::counted_handle:
        return region.kind == RegionKind::pointee && leads_to_value(p);
      case WordKind::vector_begin:
      case WordKind::deque_begin:
      case WordKind::buffers_begin:
        return region.pointer == p && (region.kind == RegionKind::elements || region.kind == RegionKind::links);
      case WordKind::link:
        return home.kind == RegionKind::links && home.type == TypeId::none ? is_deques_buffer(home, p)
                                                                           : region.kind == RegionKind::whole && region.type == word.element;
      case WordKind::link_array:
        return region.kind == RegionKind::links && region.type == word.element;
      case WordKind::erased: {
        const auto stored = typing_.stored_blocks.find(p);
        return stored != typing_.stored_blocks.end() && stored->second && region.kind == RegionKind::whole;
      }
      default:
        return false;
    }
  }

  // A deleter of its own may leave what lies there to somebody else, who may have destroyed it.
  bool owned_by_pointer(const Word& word, std::uint32_t p) const {
    const auto owner = unique_ptr_of(word.type);
    if (!owner || owner->own_deleter || !leads_to_value(p)) return false;
    const RegionKind kind = typing_.regions[index_.target(p)].kind;
    return kind == RegionKind::pointee || (kind == RegionKind::array && owner->array);
  }

  bool leads_to_value(std::uint32_t p) const {
    const auto& block = index_.block(index_.target(p));
    const bool says_itself = block.vtable != kNone;  // the pointer may be to any of its bases
    return says_itself || index_.pointer(p).value == block.address + typing_.regions[index_.target(p)].base;
  }

  // The array keeps pointers to buffers that the deque has given back.
  bool is_deques_buffer(const Region& links, std::uint32_t p) const {
    const Region& buffer = typing_.regions[index_.target(p)];
    const std::uint64_t address = index_.pointer(p).address;
    const std::uint64_t first = index_.block(index_.block_holding(address)).address + links.base;
    return address >= first && address - first < 8 * links.count && buffer.pointer == links.pointer;
  }

  const HeapIndex& index_;
  const Typing& typing_;
  Lives lives_;
  std::vector<std::uint32_t> work_;
};

}  // namespace

Lives find_alive(const HeapIndex& index, const Typing& typing) {
  return OwnersFlood(index, typing).run();
}

}  // namespace gordian
