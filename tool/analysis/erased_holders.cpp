// erased_holders.cpp - see erased_holders.h.
#include "analysis/erased_holders.h"

#include <algorithm>

namespace gordian {

bool ErasedHolders::is_empty(const ErasedPlace& place, std::uint32_t block, std::uint64_t address) const {
  return std::none_of(place.code.begin(), place.code.end(), [&](std::int32_t offset) {
    return pointer_at(index_, block, address - place.at + static_cast<std::uint64_t>(std::int64_t{offset})).has_value();
  });
}

// None when the holder's code does not tell.
TypeId ErasedHolders::stored_type(const ErasedPlace& place, std::uint32_t block, std::uint64_t address) {
  TypeId type = TypeId::none;
  for (const std::int32_t offset : place.code) {
    const auto code =
        pointer_at(index_, block, address - place.at + static_cast<std::uint64_t>(std::int64_t{offset}));
    const TypeId told = code ? types_.erased_type(*code) : TypeId::none;
    if (told == TypeId::none || told == type) continue;
    if (type != TypeId::none) return TypeId::none;  // folded code
    type = told;
  }
  return type;
}

// Whether a holder may keep an object of `type` in its own buffer.
bool ErasedHolders::fits_buffer(TypeId type, std::uint64_t size, const ErasedPlace& place) {
  if (size > place.room) return false;
  for (std::uint64_t at = 0; place.trivial && at < size; at += 8) {
    const WordId id = words_.typed(type, at);
    if (!WordTable::known(id)) continue;
    const Word& word = words_.word(id);
    const bool raw = word.kind == WordKind::pointer && (word.type.ends_with('*') || word.type.ends_with('&'));
    if (word.kind != WordKind::not_a_slot && !raw) return false;
  }
  return true;
}

// The holder's own pointer to its object says that it is not in the buffer.
bool ErasedHolders::lies_elsewhere(const ErasedPlace& place, std::uint32_t block, std::uint64_t address) const {
  if (place.self < 0) return false;
  const std::uint64_t buffer = address - place.at;
  return pointer_at(index_, block, buffer + static_cast<std::uint64_t>(place.self)) != buffer;
}

WordId ErasedHolders::word_in_buffer(WordId id, std::uint32_t block, std::uint64_t address) {
  const ErasedPlace place = words_.word(id).erased;
  const TypeId type = stored_type(place, block, address);
  if (type == TypeId::none) return id;
  const std::uint64_t size = types_.size(type);
  if (!fits_buffer(type, size, place) || lies_elsewhere(place, block, address)) return id;
  if (erased_block(index_, block, address, place, size)) return id;
  return words_.stored(id, words_.typed(type, place.at));
}

std::optional<Part> ErasedHolders::own_block(const ErasedPlace& place, std::uint32_t pointer) {
  const std::uint64_t address = index_.pointer(pointer).address;
  const std::uint32_t holder = index_.block_holding(address);
  const TypeId type = place.at == 0 ? stored_type(place, holder, address) : TypeId::none;
  if (type == TypeId::none) return std::nullopt;
  const std::uint64_t size = types_.size(type);
  const auto block = erased_block(index_, holder, address, place, size);
  if (!block) return std::nullopt;
  Region region;
  region.kind = RegionKind::whole;
  region.type = type;
  region.certain = !fits_buffer(type, size, place);
  return Part{*block, region};
}

std::optional<bool> ErasedHolders::leads_to_own_block(const ErasedPlace& place, std::uint32_t pointer) {
  if (own_block(place, pointer)) return true;
  const std::uint64_t address = index_.pointer(pointer).address;
  const std::uint32_t holder = index_.block_holding(address);
  const bool open = !is_empty(place, holder, address) && stored_type(place, holder, address) == TypeId::none;
  return open ? std::optional(false) : std::nullopt;
}

}  // namespace gordian
