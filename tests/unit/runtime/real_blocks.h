// real_blocks.h - heap blocks of real memory, entered in the live table for the length of a test.
//
//   RealBlocks blocks;
//   const Address a = blocks.add(32), b = blocks.add(32);  // zeroed, by address, apart from each other
//   store_word(a + 8, b);
#pragma once

#include <cstring>
#include <memory>
#include <vector>

#include "tables/live.h"

namespace gordian::rt {

class RealBlocks {
 public:
  Address add(std::size_t size, StackId stack = StackId::none) {
    const Address at = reinterpret_cast<Address>(memory_.get()) + used_;
    used_ += (size + 31) / 16 * 16;
    if (used_ > kBytes) return 0;
    enter(at, size, stack);
    return at;
  }
  // Memory that the test has from elsewhere.
  void enter(Address at, std::size_t size, StackId stack = StackId::none) {
    add_block(at, size, stack);
    starts_.push_back(at);
  }

  RealBlocks() = default;
  RealBlocks(const RealBlocks&) = delete;
  RealBlocks& operator=(const RealBlocks&) = delete;
  ~RealBlocks() {
    for (const Address at : starts_) remove_block(at);
  }

 private:
  static constexpr std::size_t kBytes = std::size_t{1} << 17;
  std::unique_ptr<unsigned char[]> memory_ = std::make_unique<unsigned char[]>(kBytes);
  std::size_t used_ = 0;
  std::vector<Address> starts_;
};

inline void store_word(Address at, std::uint64_t word) {
  std::memcpy(reinterpret_cast<void*>(at), &word, sizeof word);
}
inline void store_count(Address at, std::uint32_t value) {
  std::memcpy(reinterpret_cast<void*>(at), &value, sizeof value);
}

}  // namespace gordian::rt
