// borrowed.cpp - see borrowed.h.
#include "analysis/borrowed.h"

namespace gordian {
namespace {

using snapshot::kNone;

enum class Hold { unclear, owns, borrows };

// By the word that the pointer is.
Hold hold_of(const Typing& typing, std::uint32_t pointer) {
  const WordId id = typing.pointer_words[pointer];
  if (!WordTable::known(id)) return Hold::unclear;
  const Word& word = typing.words.word(id);
  if (word.may_be_dead) return Hold::unclear;
  switch (word.kind) {
    case WordKind::vector_begin:
    case WordKind::deque_begin:
    case WordKind::buffers_begin:
    case WordKind::link:
    case WordKind::link_array:
    case WordKind::erased:
      return Hold::owns;
    case WordKind::pointer:
      return word.type.starts_with("std::unique_ptr<") ? Hold::owns : Hold::borrows;
    case WordKind::not_a_slot:
      return Hold::borrows;
    default:
      return Hold::unclear;
  }
}

}  // namespace

std::vector<bool> find_borrowed(const HeapIndex& index, const Typing& typing) {
  std::vector<bool> has_owner(index.block_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target != kNone && index.plain(target) && hold_of(typing, p) == Hold::owns) has_owner[target] = true;
  }
  std::vector<bool> borrowed(index.pointer_count(), false);
  for (std::uint32_t p = 0; p < index.pointer_count(); ++p) {
    const std::uint32_t target = index.target(p);
    if (target != kNone && has_owner[target]) borrowed[p] = hold_of(typing, p) == Hold::borrows;
  }
  return borrowed;
}

}  // namespace gordian
