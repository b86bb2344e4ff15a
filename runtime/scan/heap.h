// heap.h - every live block in address order, and which block an address lies in.
//
// Built once per check from the live table. An address is found through its 4 KiB page:
//
//   region (64 MiB) -> first[page] = index of the first block that starts at or after the page
//
// so a look-up is two loads and a search among the few blocks of one page.
//
// Cost: 32 bytes a live block, plus 64 KiB for each 64 MiB region that holds blocks.
#pragma once

#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

inline constexpr std::uint32_t kNoIndex = 0xffffffffu;

enum BlockState : std::uint8_t {
  kBlockOwned = 1,     // surely owned: reached from a root
  kBlockRecorded = 2,  // goes into the snapshot
  kBlockShared = 4,    // holds an object other than as its sole, leading content: an arena, an array's tail
  kBlockManaged = 8,   // holds an object's managed part, not its control block
  kBlockIgnored = 16,  // gordian_ignore() was called on it, or it hangs on such a one: see snapshot::kIgnoredBlock
  kBlockRooted = 32,   // an arena that is reached from a root
};

struct Block {
  Address start;
  std::uint64_t size;     // requested bytes
  std::uint32_t stack;    // StackId
  std::uint32_t object;   // index of the object it belongs to, or kNoIndex: a plain block
  std::uint32_t row;      // index in the snapshot's blocks, once recorded
  std::uint8_t state;     // BlockState
};

class Heap {
 public:
  Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap();

  // Lists the live table. False when memory ran out.
  bool build() noexcept;

  // Index of the block with start <= at < start + size, or kNoIndex. A block of no bytes
  // is found by its start.
  std::uint32_t find(Address at) const noexcept {
    if (at < lowest_ || at >= highest_) return kNoIndex;
    return find_in_region(at);
  }
  // As find(), but an address one past a block's last byte counts as in it.
  std::uint32_t find_including_end(Address at) const noexcept;

  PageArray<Block>& blocks() noexcept { return blocks_; }
  const PageArray<Block>& blocks() const noexcept { return blocks_; }
  Block& operator[](std::uint32_t i) noexcept { return blocks_[i]; }
  const Block& operator[](std::uint32_t i) const noexcept { return blocks_[i]; }

 private:
  static constexpr unsigned kRegionBits = 26;
  static constexpr unsigned kPageBits = 12;
  static constexpr std::size_t kPagesPerRegion = std::size_t{1} << (kRegionBits - kPageBits);
  static constexpr std::size_t kDirectoryBytes = sizeof(std::uint32_t) * (kPagesPerRegion + 1);

  std::uint32_t find_in_region(Address at) const noexcept;
  bool add_directories() noexcept;

  PageArray<Block> blocks_;
  std::uint32_t** regions_ = nullptr;  // indexed by address >> kRegionBits
  Address lowest_ = 0;
  Address highest_ = 0;
};

}  // namespace gordian::rt
