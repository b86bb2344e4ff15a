// self_descriptions.cpp - see self_descriptions.h.
#include "analysis/self_descriptions.h"

#include <optional>

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

TypeId SelfDescriptions::made_around(std::uint32_t block, TypeId part, std::uint64_t offset) {
  const auto& row = index_.block(block);
  const auto [at, is_new] = made_.try_emplace(row.stack);
  if (is_new) at->second = types_.allocated_by(index_.snapshot().stack(row.stack));
  TypeId found = TypeId::none;
  for (const TypeId type : at->second) {
    if (type == found || size(type) != row.size || !types_.has_part(type, offset, part)) continue;
    if (found != TypeId::none && types_.name(type) != types_.name(found)) return TypeId::none;
    found = type;
  }
  return found;
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
