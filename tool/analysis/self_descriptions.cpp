// self_descriptions.cpp - see self_descriptions.h.
#include "analysis/self_descriptions.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "analysis/containers.h"

namespace gordian {
namespace {

using snapshot::kNone;

constexpr std::uint32_t kThrown = 128;  // where an exception lies in its block

// How the block was reached stays.
void set_type(Region& region, TypeId type) {
  region.kind = RegionKind::pointee;
  region.type = type;
  region.names_from = kNone;  // it says so itself
}

// What is no slot has the type of a raw pointer at most, which says nothing about handles.
bool same_kind(const Word& a, const Word& b) {
  const bool same_type = a.type == b.type || a.kind == WordKind::not_a_slot;
  return a.kind == b.kind && same_type && a.may_be_dead == b.may_be_dead && a.may_be_unmade == b.may_be_unmade;
}

}  // namespace

Region pointee_of(TypeId type) {
  Region region;
  set_type(region, type);
  return region;
}

TypeId SelfDescriptions::dynamic_type(std::uint32_t vtable) {
  if (vtable == kNone) return TypeId::none;
  const auto [at, is_new] = dynamic_types_.try_emplace(vtable, TypeId::none);
  if (is_new) at->second = types_.dynamic_type(vtable);
  return at->second;
}

std::uint64_t SelfDescriptions::size(TypeId type) {
  const auto [at, is_new] = sizes_.try_emplace(static_cast<std::uint32_t>(type), 0);
  if (is_new) at->second = types_.size(type);
  return at->second;
}

TypeId SelfDescriptions::own_type(std::uint32_t block) {
  constexpr std::uint64_t kFunction = 8;
  const auto& row = index_.block(block);
  if (row.vtable != kNone) return dynamic_type(row.vtable);
  const auto code = pointer_at(index_, block, row.address + kFunction);
  const TypeId operation = code ? types_.operation_type(*code) : TypeId::none;
  return operation != TypeId::none && size(operation) <= row.size ? operation : TypeId::none;
}

const std::vector<TypeId>& SelfDescriptions::made_by(std::uint32_t stack) {
  const auto [at, is_new] = made_.try_emplace(stack);
  if (is_new) at->second = types_.allocated_by(index_.snapshot().stack(stack));
  return at->second;
}

TypeId SelfDescriptions::made_filling(std::uint32_t block, const Region& pointed) {
  const auto& row = index_.block(block);
  const auto [at, is_new] = filling_.try_emplace({row.stack, pointed.type, pointed.base, row.size}, TypeId::none);
  if (!is_new) return at->second;
  TypeId found = TypeId::none;
  for (const TypeId type : made_by(row.stack)) {
    if (type == found || size(type) != row.size || !types_.has_part(type, pointed.base, pointed.type)) continue;
    if (found != TypeId::none && types_.name(type) != types_.name(found)) return TypeId::none;
    found = type;
  }
  return at->second = found;
}

SelfDescriptions::Made SelfDescriptions::made_within(std::uint32_t block, const Region& pointed) {
  const auto& row = index_.block(block);
  const std::vector<TypeId>& made = made_by(row.stack);
  if (made.empty() || size(made.front()) <= pointed.element_size) return {};
  const std::uint64_t bytes = size(made.front());
  for (const std::uint32_t start : {pointed.base, 0u}) {
    if (start + bytes <= row.size && bytes != row.size && types_.has_part(made.front(), pointed.base - start, pointed.type))
      return {made.front(), start};
  }
  return {};
}

std::optional<Region> SelfDescriptions::made_around(std::uint32_t block, const Region& pointed) {
  const TypeId filling = made_filling(block, pointed);
  const Made made = filling != TypeId::none ? Made{filling, 0} : made_within(block, pointed);
  if (made.type == TypeId::none || index_.has_words_from(block, made.start + size(made.type))) return std::nullopt;
  Region whole = pointee_of(made.type);
  whole.base = made.start;
  if (filling == TypeId::none) whole.element_size = static_cast<std::uint32_t>(size(made.type));
  whole.names_from = pointed.base + pointed.element_size;
  return whole;
}

bool SelfDescriptions::may_be_element(const Region& array, std::uint64_t offset, const Word& pointer, WordTable& words) {
  const bool known = array.kind == RegionKind::array && !array.certain && !array.owned_array && array.names_from == kNone;
  if (!known || offset >= array.base + array.count * array.element_size) return true;
  if (offset < array.base) return pointer.kind == WordKind::pointer;
  const std::uint64_t in_element = (offset - array.base) % array.element_size;
  if (pointer.kind != WordKind::pointer) {
    // A string's own characters lie in it.
    const WordId word = words.typed(array.type, in_element);
    return in_element != 0 && (!WordTable::known(word) || words.word(word).kind == WordKind::not_a_slot);
  }
  return (in_element == 0 && pointer.element == array.type) || types_.has_part(array.type, in_element, pointer.element);
}

bool SelfDescriptions::is_part_of_container(TypeId type) {
  const auto [at, is_new] = parts_of_containers_.try_emplace(static_cast<std::uint32_t>(type), false);
  if (!is_new) return at->second;
  std::string name = type == TypeId::none ? std::string() : types_.name(type);
  for (const char* inlined : {"std::__cxx11::", "std::__1::", "std::__debug::"}) {
    if (name.starts_with(inlined)) name.replace(0, std::strlen(inlined), "std::");
  }
  return at->second = name.starts_with("std::_");
}

const std::optional<std::vector<TypeId>>& SelfDescriptions::having_part(TypeId part, std::uint64_t offset, std::uint64_t size) {
  const auto [at, is_new] = having_part_.try_emplace({part, offset, size});
  if (is_new) at->second = types_.having_part(part, offset, size);
  return at->second;
}

bool SelfDescriptions::is_array(const Region& region, std::uint32_t block, WordTable& words) {
  const auto [at, is_new] = arrays_.try_emplace({block, region.type, region.base}, false);
  if (is_new) at->second = read_array(region, block, words);
  return at->second;
}

bool SelfDescriptions::reads_alike(const Region& array, std::uint32_t block, const Made& made, WordTable& words) {
  const auto& row = index_.block(block);
  const std::uint64_t bytes = size(made.type);
  const bool several = (row.size - made.start) % bytes == 0;
  const auto agree = [&](std::uint64_t address) {
    const std::uint64_t offset = address - row.address;
    if (offset < array.base) return true;
    if (!several && offset - made.start >= bytes) return false;
    const WordId element = words.typed(array.type, (offset - array.base) % array.element_size);
    const WordId other = words.typed(made.type, (offset - made.start) % bytes);
    return WordTable::known(element) && WordTable::known(other) && same_kind(words.word(element), words.word(other));
  };
  for (const std::uint32_t slot : index_.slots_in(block)) {
    if (!agree(index_.slot(slot).address)) return false;
  }
  for (std::uint32_t p = index_.first_pointer(block); p < index_.end_pointer(block); ++p) {
    if (!agree(index_.pointer(p).address)) return false;
  }
  return true;
}

bool SelfDescriptions::read_array(const Region& region, std::uint32_t block, WordTable& words) {
  constexpr std::uint64_t kMost = 8;
  const std::uint64_t size = index_.block(block).size;
  const auto all_alike = [&](const std::optional<std::vector<TypeId>>& classes, std::uint32_t start) {
    if (!classes) return region.base != 0;  // nobody can tell: what is in front has to do
    return std::all_of(classes->begin(), classes->end(),
                       [&](TypeId whole) { return reads_alike(region, block, {whole, start}, words); });
  };
  // What new T[n] keeps in front may be the rest of a class as well: the part that is pointed to is a second base then.
  if (region.base != 0 && !all_alike(having_part(region.type, region.base, size), 0)) return false;
  // The block may also be a few of a larger class.
  const std::uint64_t room = size - region.base;
  for (std::uint64_t n = 1; n < std::min(region.count, kMost); ++n) {
    if (room % n == 0 && !all_alike(having_part(region.type, 0, room / n), region.base)) return false;
  }
  const Made made = made_within(block, region);
  return made.type == TypeId::none || reads_alike(region, block, made, words);
}

// An exception that an exception_ptr keeps: the runtime's header, with the type's type_info after
// the count of exception_ptrs, and then the object.
TypeId SelfDescriptions::thrown_type(std::uint32_t block) {
  constexpr std::uint64_t kTypeInfo = 16;
  const auto& row = index_.block(block);
  const auto type_info =
      row.size > kThrown ? pointer_at(index_, block, row.address + kTypeInfo) : std::nullopt;
  const TypeId thrown = type_info ? types_.thrown_type(*type_info) : TypeId::none;
  const std::uint64_t end = thrown != TypeId::none ? kThrown + size(thrown) : 0;
  return end != 0 && end <= row.size && row.size - end < 16 ? thrown : TypeId::none;
}

void SelfDescriptions::describe(std::uint32_t block, Region& region) {
  const auto& row = index_.block(block);
  if (const TypeId own = own_type(block); own != TypeId::none) return set_type(region, own);
  if (const TypeId thrown = thrown_type(block); thrown != TypeId::none) {
    set_type(region, thrown);
    region.base = kThrown;
    return;
  }
  const auto code = row.vtable == kNone ? pointer_at(index_, block, row.address) : std::nullopt;
  const TypeId frame = code ? types_.coroutine_frame(*code) : TypeId::none;
  if (frame == TypeId::none || size(frame) > row.size) return;
  set_type(region, frame);
  region.may_be_dead = true;
}

}  // namespace gordian
