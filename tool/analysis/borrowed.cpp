// borrowed.cpp - see borrowed.h.
#include "analysis/borrowed.h"

#include <algorithm>

namespace gordian {
namespace {

using snapshot::kNone;

// A container is a part of something, and its last node leads back to it: not to a block of the container's own. Such a block
// starts where the link points to, and unless it is the node that the link says, no other link starts there. (An iterator types
// a node as its base; what a node of a hash table starts with is one.)
bool leads_to_own_block(const HeapIndex& index, const Typing& typing, const Word& link, std::uint32_t pointer) {
  const std::uint32_t target = index.target(pointer);
  const std::uint64_t start = index.block(target).address;
  if (index.pointer(pointer).value != start) return false;
  if (typing.regions[target].type == link.element) return true;
  const std::uint32_t first = index.first_pointer(target);
  if (first == index.end_pointer(target) || index.pointer(first).address != start) return true;
  const WordId id = typing.pointer_words[first];
  return !WordTable::known(id) || typing.words.word(id).kind != WordKind::link;
}

// What a word with a pointer to a recorded block is to that, the weakest first. A block has one owner, and beside a stronger claim
// a weaker one is none.
enum class Hold : std::uint8_t {
  borrows,  // a raw pointer, alive or not
  unclear,  // nobody knows what it is, or whether it is alive
  shares,   // a handle: one of several owners, of what is counted
  claims,   // an owner by a type that may be another's, or what may own nothing: a unique_ptr with a deleter of its own
  owns,
};

Hold hold_of_pointer(const Word& word) {
  const auto owner = unique_ptr_of(word.type);
  if (!owner) return Hold::borrows;
  if (word.may_be_dead) return Hold::unclear;
  return owner->own_deleter ? Hold::claims : Hold::owns;
}

Hold hold_of_stored(const Typing& typing, std::uint32_t pointer) {
  const auto stored = typing.stored_blocks.find(pointer);
  if (stored == typing.stored_blocks.end()) return Hold::unclear;
  return stored->second ? Hold::owns : Hold::claims;
}

// Of what lies in a deque's array: it keeps the pointers to buffers that it has given back.
Hold hold_of_buffer(const HeapIndex& index, const Region& buffers, std::uint32_t pointer) {
  const std::uint64_t address = index.pointer(pointer).address;
  const std::uint64_t first = index.block(index.block_holding(address)).address + buffers.base;
  return address - first < 8 * buffers.count ? Hold::owns : Hold::borrows;
}

// By the word `id` that the pointer is, in a block of that region.
Hold hold_by_type(const HeapIndex& index, const Typing& typing, WordId id, const Region& region, std::uint32_t pointer) {
  const Word& word = typing.words.word(id);
  if (word.kind == WordKind::pointer) return hold_of_pointer(word);
  if (word.may_be_dead) return Hold::unclear;
  switch (word.kind) {
    case WordKind::vector_begin:
    case WordKind::deque_begin:
    case WordKind::buffers_begin:
      return Hold::owns;
    case WordKind::erased:
      return hold_of_stored(typing, pointer);
    case WordKind::link:
    case WordKind::link_array:
      if (region.kind == RegionKind::links && region.type == TypeId::none) return hold_of_buffer(index, region, pointer);
      return leads_to_own_block(index, typing, word, pointer) ? Hold::owns : Hold::unclear;
    case WordKind::not_a_slot:
      return Hold::borrows;
    case WordKind::strong_handle:
    case WordKind::weak_handle:
    case WordKind::counted_handle:
      return Hold::shares;
    case WordKind::unknown:
    case WordKind::pointer:
      break;
  }
  return Hold::unclear;
}

// Of one in `block` whose target is recorded.
Hold hold_of(const HeapIndex& index, const Typing& typing, std::uint32_t block, std::uint32_t pointer) {
  if (index.target(pointer) == block) return Hold::borrows;  // nothing owns itself
  const WordId id = typing.pointer_words[pointer];
  if (!WordTable::known(id)) return Hold::unclear;
  const Region& region = typing.regions[block];
  const Hold hold = hold_by_type(index, typing, id, region, pointer);
  if (!has_name_only(region, index.block(block), index.pointer(pointer).address)) return hold;
  return hold == Hold::borrows ? Hold::unclear : std::min(hold, Hold::claims);
}

struct Holds {
  std::vector<Hold> pointers;  // by row; of those to recorded blocks
  std::vector<Hold> blocks;    // the strongest claim to each plain one

  Holds(const HeapIndex& index, const Typing& typing)
      : pointers(index.pointer_count(), Hold::borrows), blocks(index.block_count(), Hold::borrows) {
    for (std::uint32_t block = 0; block < index.block_count(); ++block) {
      for (std::uint32_t p = index.first_pointer(block); p < index.end_pointer(block); ++p) {
        const std::uint32_t target = index.target(p);
        if (target == kNone) continue;
        pointers[p] = hold_of(index, typing, block, p);
        if (index.plain(target)) blocks[target] = std::max(blocks[target], pointers[p]);
      }
    }
  }
};

bool has_unread_memory(const Snapshot& snapshot) {
  return std::any_of(snapshot.notes.begin(), snapshot.notes.end(), [](const snapshot::NoteRow& note) {
    return note.kind == snapshot::NoteKind::unreadable_blocks || note.kind == snapshot::NoteKind::unreadable_roots;
  });
}

}  // namespace

std::vector<bool> find_borrowed(const HeapIndex& index, const Typing& typing) {
  const Holds holds(index, typing);
  std::vector<bool> borrowed(index.pointer_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target == kNone || holds.blocks[target] < Hold::claims) continue;
    borrowed[p] = holds.pointers[p] < holds.blocks[target] && holds.pointers[p] != Hold::shares;
  }
  return borrowed;
}

std::vector<bool> find_held_unread(const HeapIndex& index, const Typing& typing) {
  if (!has_unread_memory(index.snapshot())) return {};
  const Holds holds(index, typing);
  std::vector<bool> held(index.block_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target == kNone || !index.plain(target) || holds.blocks[target] >= Hold::claims) continue;
    if (holds.pointers[p] == Hold::borrows) held[target] = true;
  }
  return held;
}

}  // namespace gordian
