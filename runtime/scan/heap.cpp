// heap.cpp - see heap.h.
#include "scan/heap.h"

#include <malloc.h>

#include "tables/live.h"

namespace gordian::rt {
namespace {
constexpr std::size_t kRegionSlots = std::size_t{1} << (47 - 26);
}

Heap::~Heap() {
  if (regions_ == nullptr) return;
  for (Address region = lowest_ >> kRegionBits; region <= highest_ >> kRegionBits; ++region) {
    if (regions_[region] != nullptr) ::munmap(regions_[region], kDirectoryBytes);
  }
  ::munmap(regions_, kRegionSlots * sizeof *regions_);
}

bool Heap::build() noexcept {
  g_live.blocks.for_each([this](Address start, std::uint64_t entry) {
    std::uint64_t size = entry >> 32;
    if (size == kHugeSize) size = ::malloc_usable_size(reinterpret_cast<void*>(start));
    const std::uint8_t state = (entry & kIgnored) != 0 ? kBlockIgnored : 0;
    blocks_.push({start, size, static_cast<std::uint32_t>(packed_stack(entry)), kNoIndex, kNoIndex, state});
  });
  if (blocks_.failed() || blocks_.size() >= kNoIndex) return false;
  if (blocks_.empty()) return true;
  lowest_ = blocks_[0].start;
  for (const Block& b : blocks_) {
    const Address end = b.start + (b.size != 0 ? b.size : 1);
    if (end > highest_) highest_ = end;
  }
  return add_directories();
}

bool Heap::add_directories() noexcept {
  regions_ = static_cast<std::uint32_t**>(map_pages(kRegionSlots * sizeof *regions_));
  if (regions_ == nullptr) return false;
  std::uint32_t next = 0;  // first block at or after the page; pages are visited in order
  Address done = 0;        // regions below this have their directory
  const auto count = static_cast<std::uint32_t>(blocks_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const Address last = (blocks_[i].start + blocks_[i].size) >> kRegionBits;
    for (Address region = blocks_[i].start >> kRegionBits; region <= last; ++region) {
      if (region < done) continue;
      auto* first = static_cast<std::uint32_t*>(map_pages(kDirectoryBytes));
      if (first == nullptr) return false;
      for (std::size_t page = 0; page <= kPagesPerRegion; ++page) {
        const Address page_start = (region << kRegionBits) + (page << kPageBits);
        while (next < count && blocks_[next].start < page_start) ++next;
        first[page] = next;
      }
      regions_[region] = first;
      done = region + 1;
    }
  }
  return true;
}

std::uint32_t Heap::find_in_region(Address at) const noexcept {
  const std::uint32_t* first = regions_[at >> kRegionBits];
  if (first == nullptr) return kNoIndex;
  const std::size_t page = (at >> kPageBits) & (kPagesPerRegion - 1);
  // The last block that starts at or before `at`: in this page, or the last one before it.
  std::uint32_t low = first[page];
  std::uint32_t high = first[page + 1];
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (blocks_[middle].start <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return kNoIndex;
  const Block& b = blocks_[low - 1];
  return at < b.start + b.size || at == b.start ? low - 1 : kNoIndex;
}

std::uint32_t Heap::find_including_end(Address at) const noexcept {
  const std::uint32_t i = find(at);
  if (i != kNoIndex || at == 0) return i;
  const std::uint32_t before = find(at - 1);
  return before != kNoIndex && blocks_[before].start + blocks_[before].size == at ? before : kNoIndex;
}

}  // namespace gordian::rt
