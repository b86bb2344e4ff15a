// heap_test.cpp - scan/heap.h, on blocks entered by hand.
#include "catch.h"
#include "scan/heap.h"
#include "tables/live.h"

using namespace gordian::rt;

namespace {

// Enters blocks in the live table for the length of a test.
class Blocks {
 public:
  void add(Address at, std::size_t size) {
    add_block(at, size, StackId::none);
    starts_.push(at);
  }
  ~Blocks() {
    for (const Address at : starts_) remove_block(at);
  }

 private:
  PageArray<Address> starts_;
};

constexpr Address kBase = 0x600000000000;
constexpr Address kRegion = Address{1} << 26;

}  // namespace

TEST_CASE("an empty heap finds nothing") {
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.blocks().size() == 0);
  CHECK(heap.find(kBase) == kNoIndex);
  CHECK(heap.last_start(0) == kNoIndex);
  CHECK(heap.last_start(1) == kNoIndex);
}

TEST_CASE("a block is found from its first byte to its last") {
  Blocks blocks;
  blocks.add(kBase + 32, 40);
  blocks.add(kBase + 96, 24);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.find(kBase + 31) == kNoIndex);
  CHECK(heap.find(kBase + 32) == 0);
  CHECK(heap.find(kBase + 71) == 0);
  CHECK(heap.find(kBase + 72) == kNoIndex);
  CHECK(heap.find(kBase + 96) == 1);
  CHECK(heap.last_start(kBase + 72) == 0);
  CHECK(heap.ends_at(0, kBase + 72));
  CHECK_FALSE(heap.ends_at(0, kBase + 73));
}

TEST_CASE("a block of no bytes is found by its start alone") {
  Blocks blocks;
  blocks.add(kBase, 0);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.find(kBase) == 0);
  CHECK(heap.find(kBase + 1) == kNoIndex);
}

TEST_CASE("a block that spans regions is found in each of them") {
  Blocks blocks;
  blocks.add(kBase + kRegion - 64, 3 * kRegion);
  blocks.add(kBase + 5 * kRegion, 16);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.find(kBase + kRegion - 64) == 0);
  CHECK(heap.find(kBase + 2 * kRegion + 12345) == 0);
  CHECK(heap.find(kBase + 4 * kRegion - 65) == 0);
  CHECK(heap.find(kBase + 4 * kRegion - 64) == kNoIndex);
  CHECK(heap.find(kBase + 5 * kRegion + 8) == 1);
}

TEST_CASE("what ends where a region begins ends there") {
  Blocks blocks;
  blocks.add(kBase + kRegion - 64, 64);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.last_start(kBase + kRegion - 65) == kNoIndex);
  CHECK(heap.last_start(kBase + kRegion) == 0);
  CHECK(heap.ends_at(0, kBase + kRegion));
  CHECK(heap.find(kBase + kRegion) == kNoIndex);
  CHECK(heap.last_start(kBase + kRegion + 1) == kNoIndex);
}

TEST_CASE("a look-up knows the last of the blocks in a line, and those before it") {
  Blocks blocks;
  for (const Address at : {0x3e0u, 0x400u, 0x420u, 0x7f0u, 0x1c00u}) blocks.add(kBase + at, 16);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.last_start(kBase + 0x3ff) == 0);
  CHECK(heap.last_start(kBase + 0x400) == 1);
  CHECK(heap.last_start(kBase + 0x41f) == 1);
  CHECK(heap.last_start(kBase + 0x7ef) == 2);
  CHECK(heap.last_start(kBase + 0x7f0) == 3);
  CHECK(heap.last_start(kBase + 0x1bff) == 3);
  CHECK(heap.last_start(kBase + 0x1c00) == 4);
}

TEST_CASE("each of many neighbouring blocks is found by its own bytes only") {
  Blocks blocks;
  for (Address i = 0; i < 1000; ++i) blocks.add(kBase + 48 * i, 32);
  Heap heap;
  REQUIRE(heap.build());
  for (Address i = 0; i < 1000; ++i) {
    if (heap.find(kBase + 48 * i + 31) != i || heap.find(kBase + 48 * i + 32) != kNoIndex) FAIL("block " << i);
  }
}
