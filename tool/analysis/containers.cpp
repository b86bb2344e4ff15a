// containers.cpp - see containers.h. Layouts of libstdc++'s vector and deque.
#include "analysis/containers.h"

#include <algorithm>

namespace gordian {
namespace {

using snapshot::kNone;

// Bases and element sizes of 4 GiB are not worth 8 bytes per block: what is larger fits nothing.
bool fits(std::uint64_t value) {
  return value < kNone;
}

struct Iterator {
  std::uint64_t current, first, node;
};

// A deque's iterators are four words each: current element, its buffer's start and end, and
// the word in the array that points to that buffer.
std::optional<Iterator> deque_iterator(const HeapIndex& index, std::uint32_t block, std::uint64_t address) {
  const auto current = pointer_at(index, block, address);
  const auto first = pointer_at(index, block, address + 8);
  const auto node = pointer_at(index, block, address + 24);
  if (!current || !first || !node) return std::nullopt;
  return Iterator{*current, *first, *node};
}

Region elements(TypeId type, std::uint64_t base, std::uint64_t size, std::uint64_t count) {
  Region region;
  region.kind = RegionKind::elements;
  region.type = type;
  region.base = static_cast<std::uint32_t>(base);
  region.element_size = static_cast<std::uint32_t>(size);
  region.count = count;
  return region;
}

}  // namespace

std::optional<std::uint64_t> pointer_at(const HeapIndex& index, std::uint32_t block, std::uint64_t address) {
  std::uint32_t low = index.first_pointer(block);
  std::uint32_t high = index.end_pointer(block);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (index.pointer(middle).address < address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == index.end_pointer(block) || index.pointer(low).address != address) return std::nullopt;
  return index.pointer(low).value;
}

std::optional<Region> vector_elements(const HeapIndex& index, std::uint32_t p, const Word& word,
                                      std::uint64_t size) {
  const std::uint64_t begin = index.pointer(p).value;
  const auto& block = index.block(index.target(p));
  const std::uint64_t address = index.pointer(p).address;
  const auto end = pointer_at(index, index.block_holding(address), address + 8);
  if (size == 0 || !fits(size) || !fits(begin - block.address) || !end || *end < begin ||
      *end - block.address > block.size || (*end - begin) % size != 0)
    return std::nullopt;
  return elements(word.element, begin - block.address, size, (*end - begin) / size);
}

std::vector<Part> deque_parts(const HeapIndex& index, std::uint32_t p, const Word& word, std::uint64_t size) {
  constexpr std::uint64_t kBuffer = 512;  // bytes, unless one element is larger
  constexpr std::uint64_t kStart = 16;
  constexpr std::uint64_t kFinish = 48;
  const std::uint64_t address = index.pointer(p).address;
  const std::uint32_t home = index.block_holding(address);
  const auto start = deque_iterator(index, home, address + kStart);
  const auto finish = deque_iterator(index, home, address + kFinish);
  const std::uint32_t map = index.target(p);
  const auto& map_row = index.block(map);
  if (size == 0 || !fits(size) || !start || !finish || start->node > finish->node ||
      start->node < map_row.address || finish->node >= map_row.address + map_row.size)
    return {};
  const std::uint64_t bytes = size < kBuffer ? kBuffer / size * size : size;
  Region links;
  links.kind = RegionKind::links;
  links.base = static_cast<std::uint32_t>(std::min<std::uint64_t>(start->node - map_row.address, kNone));
  links.count = (finish->node - start->node) / 8 + 1;
  std::vector<Part> parts{{map, links}};
  std::uint64_t first = 0;
  for (std::uint64_t node = start->node; node <= finish->node; node += 8) {
    const auto buffer = pointer_at(index, map, node);
    const std::uint32_t block = buffer ? index.block_holding(*buffer) : kNone;
    if (block == kNone || index.block(block).address != *buffer || index.block(block).size < bytes) return {};
    const std::uint64_t low = node == start->node ? start->current : *buffer;
    const std::uint64_t high = node == finish->node ? finish->current : *buffer + bytes;
    if (low < *buffer || high > *buffer + bytes || low > high || (high - low) % size != 0) return {};
    parts.push_back({block, elements(word.element, low - *buffer, size, (high - low) / size)});
    parts.back().region.first = first;
    parts.back().region.bounded = parts.back().region.dead_in_front = true;  // eight pointers agree
    first += (high - low) / size;
  }
  return parts;
}

std::vector<Part> buffer_parts(const HeapIndex& index, std::uint32_t p, const Word& word,
                               std::uint64_t size) {
  const std::uint64_t address = index.pointer(p).address;
  const std::uint32_t array = index.target(p);
  const auto end = pointer_at(index, index.block_holding(address), address + 8);
  const auto& row = index.block(array);
  if (size == 0 || !fits(size) || !end || *end - row.address > row.size) return {};
  Region links;
  links.kind = RegionKind::links;
  links.base = static_cast<std::uint32_t>(std::min<std::uint64_t>(index.pointer(p).value - row.address, kNone));
  links.count = (*end - index.pointer(p).value) / 8;
  std::vector<Part> parts{{array, links}};
  for (std::uint64_t at = index.pointer(p).value; at < *end; at += 8) {
    const auto buffer = pointer_at(index, array, at);
    const std::uint32_t block = buffer ? index.block_holding(*buffer) : kNone;
    if (block == kNone || index.block(block).address != *buffer) return {};
    parts.push_back({block, elements(word.element, 0, size, index.block(block).size / size)});
    parts.back().region.kind = RegionKind::array;
    parts.back().region.may_be_dead = true;
  }
  return parts;
}

std::optional<Region> untyped_buffer(const HeapIndex& index, std::uint32_t p) {
  const std::uint64_t address = index.pointer(p).address;
  const std::uint32_t home = index.block_holding(address);
  const auto& block = index.block(index.target(p));
  if (index.pointer(p).value != block.address) return std::nullopt;
  const auto used = pointer_at(index, home, address + 8);
  const auto end = pointer_at(index, home, address + 16);
  if (!used || end != block.address + block.size || *used < block.address || *used >= *end)
    return std::nullopt;
  Region region;
  region.kind = RegionKind::filled;
  region.count = *used - block.address;
  return region;
}

std::optional<Region> container_node(const HeapIndex& index, std::uint32_t p, const Word& word,
                                     std::uint64_t size) {
  const auto& block = index.block(index.target(p));
  if (size == 0 || index.pointer(p).value != block.address || block.size < size ||
      block.size - size > word.behind)
    return std::nullopt;
  Region region;
  region.kind = RegionKind::whole;
  region.type = word.element;
  return region;
}

std::optional<Region> pointee(const HeapIndex& index, std::uint32_t p, const Word& word, std::uint64_t size) {
  constexpr std::uint64_t kArrayCookie = 16;  // new T[n] keeps n before the first T, in 8 or 16 bytes
  const auto& block = index.block(index.target(p));
  const std::uint64_t base = index.pointer(p).value - block.address;
  if (size == 0 || !fits(size) || base > kArrayCookie || base + size > block.size) return std::nullopt;
  const std::uint64_t room = block.size - base;
  if (base != 0 && room % size != 0) return std::nullopt;
  // What has pointers in front of the value is no array: it is a node, and the pointer is to its element (&list.back()), or to
  // a second base.
  const std::uint32_t first = index.first_pointer(index.target(p));
  const bool in_front = first != index.end_pointer(index.target(p)) && index.pointer(first).address < block.address + base;
  if (in_front && room != size) return std::nullopt;
  Region region;
  region.type = word.element;
  region.base = static_cast<std::uint32_t>(base);
  region.element_size = static_cast<std::uint32_t>(size);
  region.count = room % size == 0 ? room / size : 1;
  region.kind = region.count > 1 ? RegionKind::array : RegionKind::pointee;
  const auto owner = unique_ptr_of(word.type);
  const bool owned = owner && owner->array;
  region.owned_array = owned;
  if (region.count > 1 && !owned) region.names_from = region.base + region.element_size;
  return region;
}

std::optional<std::uint32_t> erased_block(const HeapIndex& index, std::uint32_t block, std::uint64_t address,
                                          const ErasedPlace& place, std::uint64_t size) {
  const auto value = pointer_at(index, block, address - place.at);
  const std::uint32_t target = value ? index.block_holding(*value) : kNone;
  const bool whole = target != kNone && index.plain(target) && index.block(target).address == *value &&
                     index.block(target).size == size;
  return whole ? std::optional(target) : std::nullopt;
}

}  // namespace gordian
