// region.cpp - see region.h.
#include "analysis/region.h"

namespace gordian {

WordPlace place_in(const Region& region, const snapshot::BlockRow& block, std::uint64_t address) {
  const std::uint64_t in_block = address - block.address;
  if (in_block < region.base) return {0, in_block, false, true};
  const std::uint64_t offset = in_block - region.base;
  if (region.kind == RegionKind::filled) return {0, offset, offset >= region.count, false};
  if (region.kind != RegionKind::elements && region.kind != RegionKind::array)
    return {0, offset, false, false};
  const std::uint64_t element = offset / region.element_size;
  if (element < region.count) return {element, offset % region.element_size, false, false};
  const bool spare = region.kind == RegionKind::elements;
  return {element, offset, spare, !spare};
}

bool is_dead_room(const Region& region, const snapshot::BlockRow& block, std::uint64_t address) {
  const bool told = region.certain || region.bounded || region.kind == RegionKind::filled;
  const bool in_front = region.dead_in_front && address - block.address < region.base;
  return told && (in_front || place_in(region, block, address).spare);
}

bool has_name_only(const Region& region, const snapshot::BlockRow& block, std::uint64_t address) {
  return region.names_from != snapshot::kNone && address - block.address >= region.names_from;
}

}  // namespace gordian
