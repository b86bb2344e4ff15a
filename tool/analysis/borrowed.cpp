// borrowed.cpp - see borrowed.h.
#include "analysis/borrowed.h"

#include <algorithm>

namespace gordian {
namespace {

using snapshot::kNone;

enum class Hold { unclear, owns, borrows };

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

// By the word that the pointer is, of one whose target is recorded.
Hold hold_of(const HeapIndex& index, const Typing& typing, std::uint32_t pointer) {
  const WordId id = typing.pointer_words[pointer];
  if (!WordTable::known(id)) return Hold::unclear;
  const Word& word = typing.words.word(id);
  const bool raw = word.kind == WordKind::pointer && !word.type.starts_with("std::unique_ptr<");
  if (raw) return Hold::borrows;  // alive or not
  if (word.may_be_dead) return Hold::unclear;
  switch (word.kind) {
    case WordKind::vector_begin:
    case WordKind::deque_begin:
    case WordKind::buffers_begin:
    case WordKind::erased:
      return Hold::owns;
    case WordKind::link:
    case WordKind::link_array:
      return leads_to_own_block(index, typing, word, pointer) ? Hold::owns : Hold::unclear;
    case WordKind::pointer:  // a unique_ptr's
      return Hold::owns;
    case WordKind::not_a_slot:
      return Hold::borrows;
    default:
      return Hold::unclear;
  }
}

// By block: a plain one that a known owner leads to.
std::vector<bool> find_owned(const HeapIndex& index, const Typing& typing) {
  std::vector<bool> has_owner(index.block_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target != kNone && index.plain(target) && hold_of(index, typing, p) == Hold::owns) has_owner[target] = true;
  }
  return has_owner;
}

bool lies_in_dead_room(const HeapIndex& index, const Typing& typing, std::uint32_t pointer) {
  const std::uint64_t address = index.pointer(pointer).address;
  const std::uint32_t block = index.block_holding(address);
  return block != kNone && is_dead_room(typing.regions[block], index.block(block), address);
}

bool has_unread_memory(const Snapshot& snapshot) {
  return std::any_of(snapshot.notes.begin(), snapshot.notes.end(), [](const snapshot::NoteRow& note) {
    return note.kind == snapshot::NoteKind::unreadable_blocks || note.kind == snapshot::NoteKind::unreadable_roots;
  });
}

}  // namespace

std::vector<bool> find_borrowed(const HeapIndex& index, const Typing& typing) {
  const std::vector<bool> has_owner = find_owned(index, typing);
  std::vector<bool> borrowed(index.pointer_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target == kNone || !has_owner[target]) continue;
    const Hold hold = hold_of(index, typing, p);
    borrowed[p] = hold == Hold::borrows || (hold == Hold::unclear && lies_in_dead_room(index, typing, p));
  }
  return borrowed;
}

std::vector<bool> find_held_unread(const HeapIndex& index, const Typing& typing) {
  if (!has_unread_memory(index.snapshot())) return {};
  const std::vector<bool> has_owner = find_owned(index, typing);
  std::vector<bool> held(index.block_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target == kNone || !index.plain(target) || has_owner[target]) continue;
    if (hold_of(index, typing, p) == Hold::borrows) held[target] = true;
  }
  return held;
}

}  // namespace gordian
