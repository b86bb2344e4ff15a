// heap.h - every live block in address order, and which block an address lies in.
//
// Built once per check from the live table. Of each KiB a line says where blocks start:
//
//   region (64 MiB) -> line {a bit for each 16 bytes, how many blocks start before the line}
//
// so which block an address may lie in is two loads and a count of bits, and none of the block's own row: that can
// be fetched while others are looked up (lookahead.h).
//
// Cost: 32 bytes a live block, and a 64th of the address space between a region's start and the last block in it.
#pragma once

#include <cstdint>

#include "base/memory.h"
#include "process/readable.h"
#include "process/touched_pages.h"

namespace gordian::rt {

inline constexpr std::uint32_t kNoIndex = 0xffffffffu;

enum BlockState : std::uint8_t {
  kBlockOwned = 1,     // surely owned: reached from a root
  kBlockRecorded = 2,  // goes into the snapshot
  kBlockShared = 4,    // holds an object other than as its sole, leading content: an arena, an array's tail
  kBlockManaged = 8,   // holds an object's managed part, not its control block
  kBlockIgnored = 16,  // gordian_ignore() was called on it, or it hangs on such a one: see snapshot::kIgnoredBlock
  kBlockRooted = 32,   // an arena that is reached from a root
  kBlockOutside = 64,  // not of the part of the heap that is checked: counts as owned
  kBlockUnread = 128,  // it cannot be read as a whole, and is kBlockOutside for that
};

// Whether the state of a block or an object, to which another worker may add, has one of `bits`.
inline bool has_state(const std::uint8_t& state, std::uint8_t bits) noexcept {
  return (__atomic_load_n(&state, __ATOMIC_RELAXED) & bits) != 0;
}

struct Block {
  Address start;
  std::uint64_t size;     // requested bytes; of a block that cannot be read as a whole, those before the first that cannot
  std::uint32_t stack;    // StackId
  std::uint32_t object;   // index of the object it belongs to, or kNoIndex: a plain block
  std::uint32_t row;      // index in the snapshot's blocks, once recorded
  std::uint8_t state;     // BlockState
};

inline constexpr unsigned kHeapRegionBits = 26;

// What of the heap is checked: blocks made in scopes of a level or deeper (tables/live.h).
struct HeapPart {
  unsigned level = 0;
  bool alone = false;  // the others are not even listed
};

class Heap {
 public:
  Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap();

  // Lists the live table. False when memory ran out.
  bool build(HeapPart part, const Readable& readable) noexcept;
  bool build(HeapPart part = {}) noexcept { return build(part, Readable()); }

  // Whether any block is kBlockOutside.
  bool has_outside() const noexcept { return has_outside_; }
  // How many blocks cannot be read as a whole.
  std::uint64_t unreadable() const noexcept { return unreadable_; }

  // Index of the last block that starts at `at` or before, or kNoIndex where none reaches so far. Reads no block.
  std::uint32_t last_start(Address at) const noexcept {
    if (at < lowest_ || at > highest_) return kNoIndex;
    const Region& region = regions_[at >> kRegionBits];
    const std::size_t line = (at & (kRegionBytes - 1)) >> kLineBits;
    if (line >= region.line_count) return region.starts - 1;
    const Line& l = region.lines[line];
    const std::uint64_t upto = ~std::uint64_t{0} >> (63 - (at >> kGranuleBits & 63));
    return l.before + count_bits(l.starts & upto) - 1;
  }
  // Likewise, however far before; kNoIndex where none starts there. Slow.
  std::uint32_t last_before(Address at) const noexcept;
  void prefetch(std::uint32_t i) const noexcept { __builtin_prefetch(&blocks_[i]); }

  // Whether [start, start + size) of block `i` has `at`. A block of no bytes has its start.
  bool contains(std::uint32_t i, Address at) const noexcept {
    const Address offset = at - blocks_[i].start;
    return offset < blocks_[i].size || offset == 0;
  }

  // Calls visit(address, word) for each aligned word of [low, high), in a block, but for pages that were never touched.
  template <class Visit>
  void for_each_word_in(Address low, Address high, Visit&& visit) const noexcept {
    if (high - low >= TouchedPages::kWorthAsking) {
      for (std::size_t i = first_that_ends_above(holes_, low); i < holes_.size() && holes_[i].low < high; ++i) {
        for_each_word(low, holes_[i].low, visit);
        low = holes_[i].high;
      }
    }
    for_each_word(low, high, visit);
  }

  bool ends_at(std::uint32_t i, Address at) const noexcept { return blocks_[i].start + blocks_[i].size == at; }

  // Index of the block that contains `at`, or kNoIndex.
  std::uint32_t find(Address at) const noexcept {
    const std::uint32_t i = last_start(at);
    return i != kNoIndex && contains(i, at) ? i : kNoIndex;
  }

  PageArray<Block>& blocks() noexcept { return blocks_; }
  const PageArray<Block>& blocks() const noexcept { return blocks_; }
  Block& operator[](std::uint32_t i) noexcept { return blocks_[i]; }
  const Block& operator[](std::uint32_t i) const noexcept { return blocks_[i]; }

 private:
  static constexpr unsigned kRegionBits = kHeapRegionBits;
  static constexpr unsigned kLineBits = 10;
  static constexpr unsigned kGranuleBits = 4;
  static constexpr Address kRegionBytes = Address{1} << kRegionBits;

  struct Line {
    std::uint64_t starts;  // bit i: a block starts in the line's granule i
    std::uint32_t before;  // blocks that start before the line
  };
  struct Region {
    Line* lines;               // up to the one in which the region's last block starts; null where none does
    std::uint32_t line_count;
    std::uint32_t starts;      // blocks that start in the region or before; 0 where none reaches into it
  };

  // The processor's own instruction is not in every x86-64.
  static std::uint32_t count_bits(std::uint64_t bits) noexcept {
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return static_cast<std::uint32_t>(bits * 0x0101010101010101u >> 56);
  }

  void add_holes() noexcept;
  void end_huge_block(Address next) noexcept;
  bool add_regions() noexcept;
  bool add_lines(std::uint32_t region, std::uint32_t first) noexcept;

  PageArray<Block> blocks_;
  PageArray<AddressRange> holes_;  // in large blocks, by address: pages that were never touched
  bool has_outside_ = false;
  std::uint64_t unreadable_ = 0;
  Region* regions_ = nullptr;  // indexed by address >> kRegionBits; zeros where no block is, which says kNoIndex
  PageArray<std::uint32_t> with_lines_;  // which regions have lines
  Address lowest_ = 1;         // no address is between them until there are blocks
  Address highest_ = 0;        // one past the highest byte
};

}  // namespace gordian::rt
