// heap.cpp - see heap.h.
#include "scan/heap.h"

#include <malloc.h>

#include "machine/addresses.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {
constexpr Address kEndOfAddresses = Address{1} << kAddressBits;
// And one, in which a block ends that ends where the addresses do.
constexpr std::size_t kRegionSlots = (std::size_t{1} << (kAddressBits - kHeapRegionBits)) + 1;
}

Heap::~Heap() {
  for (const std::uint32_t r : with_lines_) kernel_munmap(regions_[r].lines, regions_[r].line_count * sizeof(Line));
  if (regions_ != nullptr) kernel_munmap(regions_, kRegionSlots * sizeof *regions_);
}

// The allocator knows how large a huge block is by what stands in front of it, which the program may have overwritten: it
// ends at the latest where the next block starts. Near the end of the addresses, less is left for it than makes it huge.
void Heap::end_huge_block(Address next) noexcept {
  if (blocks_.empty()) return;
  Block& last = blocks_.back();
  const bool huge = last.size >= kHugeSize || last.start + last.size == kEndOfAddresses;
  if (huge && last.size > next - last.start) last.size = next - last.start;
}

bool Heap::build(HeapPart part, const Readable& readable) noexcept {
  for_each_block([&](Address start, std::uint64_t size, std::uint32_t entry) {
    const bool before = scope_level(entry) < part.level;
    if (before && part.alone) return;
    end_huge_block(start);
    // Once a word could not be read, the allocator is not asked either: it may have been the one that read it.
    if (size == kHugeSize && !readable.has_faulted()) size = ::malloc_usable_size(reinterpret_cast<void*>(start));
    if (size > kEndOfAddresses - start) size = kEndOfAddresses - start;
    const Address end = readable.end_of_readable(start, start + size);
    const bool unread = end != start + size || (size == kHugeSize && readable.has_faulted());
    size = end - start;
    unreadable_ += unread ? 1u : 0u;
    has_outside_ = has_outside_ || before || unread;
    const int state = ((entry & kIgnored) != 0 ? kBlockIgnored : 0) | (before || unread ? kBlockOutside : 0) |
                      (unread ? kBlockUnread : 0);
    blocks_.push({start, size, static_cast<std::uint32_t>(packed_stack(entry)), kNoIndex, kNoIndex,
                  static_cast<std::uint8_t>(state)});
  });
  end_huge_block(kEndOfAddresses);
  add_holes();
  if (blocks_.failed() || holes_.failed() || blocks_.size() >= kNoIndex) return false;
  return blocks_.empty() || add_regions();
}

void Heap::add_holes() noexcept {
  const TouchedPages touched;
  for (const Block& block : blocks_) {
    if (block.size < TouchedPages::kWorthAsking) continue;
    Address at = block.start;
    const Address end = block.start + block.size;
    touched.for_each_part(block.start, end, [&](Address from, Address to) {
      if (from != at) holes_.push({at, from});
      at = to;
    });
    if (at != end) holes_.push({at, end});
  }
}

std::uint32_t Heap::last_before(Address at) const noexcept {
  const std::size_t begun = count_before(blocks_, [at](const Block& block) { return block.start <= at; });
  return begun != 0 ? static_cast<std::uint32_t>(begun - 1) : kNoIndex;
}

bool Heap::add_regions() noexcept {
  regions_ = static_cast<Region*>(map_pages(kRegionSlots * sizeof *regions_));
  if (regions_ == nullptr) return false;
  lowest_ = blocks_[0].start;
  for (const Block& b : blocks_) {
    const Address end = b.start + (b.size != 0 ? b.size : 1);
    if (end > highest_) highest_ = end;
  }
  const auto count = static_cast<std::uint32_t>(blocks_.size());
  for (std::uint32_t i = 0; i < count;) {
    const std::uint32_t first = i;
    const Address region = blocks_[i].start >> kRegionBits;
    while (i < count && blocks_[i].start >> kRegionBits == region) ++i;
    // The last of them may reach far.
    const Address last = (blocks_[i - 1].start + blocks_[i - 1].size) >> kRegionBits;
    for (Address r = region; r <= last; ++r) regions_[r].starts = i;
    if (!add_lines(static_cast<std::uint32_t>(region), first)) return false;
  }
  return true;
}

bool Heap::add_lines(std::uint32_t number, std::uint32_t first) noexcept {
  Region& region = regions_[number];
  const auto line_of = [this](std::uint32_t i) {
    return static_cast<std::uint32_t>((blocks_[i].start & (kRegionBytes - 1)) >> kLineBits);
  };
  const std::uint32_t count = line_of(region.starts - 1) + 1;
  region.lines = static_cast<Line*>(map_pages(count * sizeof(Line)));
  if (region.lines == nullptr) return false;
  region.line_count = count;
  with_lines_.push(number);
  std::uint32_t next = first;
  for (std::uint32_t line = 0; line < count; ++line) {
    region.lines[line].before = next;
    for (; next < region.starts && line_of(next) == line; ++next) {
      region.lines[line].starts |= std::uint64_t{1} << (blocks_[next].start >> kGranuleBits & 63);
    }
  }
  return !with_lines_.failed();
}

}  // namespace gordian::rt
