// heap_test.cpp - scan/heap.h, on blocks entered by hand.
#include <malloc.h>
#include <sys/mman.h>

#include "catch.h"
#include "emulated.h"
#include "machine/addresses.h"
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

// A page so far below `end`; twice as far where something is there already, or nothing can be.
class Page {
 public:
  Page(Address end, Address below) {
    for (; words_ == MAP_FAILED && below < end; below *= 2) {
      words_ = mmap(reinterpret_cast<void*>(end - below), page_size(), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    }
    REQUIRE(words_ != MAP_FAILED);
  }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  ~Page() { munmap(words_, page_size()); }
  std::size_t* words() const { return static_cast<std::size_t*>(words_); }

 private:
  void* words_ = MAP_FAILED;
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

TEST_CASE("the last block before an address is known behind all of them, and in a region that none reaches into") {
  Blocks blocks;
  blocks.add(kBase + 32, 40);
  blocks.add(kBase + 4 * kRegion, 16);
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.last_before(kBase + 31) == kNoIndex);
  CHECK(heap.last_before(kBase + 32) == 0);
  CHECK(heap.last_before(kBase + 2 * kRegion) == 0);
  CHECK(heap.last_before(kBase + 4 * kRegion) == 1);
  CHECK(heap.last_before(kBase + 9 * kRegion) == 1);
  Heap of_none;
  CHECK(of_none.last_before(kBase) == kNoIndex);
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

namespace {

// What is mapped next is as large as that at most, or lies elsewhere, or has a page behind it that nobody may touch.
class GapBeforeGuard {
 public:
  explicit GapBeforeGuard(std::size_t bytes) {
    char* const room = static_cast<char*>(mmap(nullptr, bytes + kGuard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(room != MAP_FAILED);
    munmap(room, bytes);
    guard_ = room + bytes;
  }
  ~GapBeforeGuard() { munmap(guard_, kGuard); }
  GapBeforeGuard(const GapBeforeGuard&) = delete;
  GapBeforeGuard& operator=(const GapBeforeGuard&) = delete;

 private:
  static constexpr std::size_t kGuard = std::size_t{64} << 10;
  char* guard_;
};

}  // namespace

TEST_CASE("a block may end where the addresses do") {
  constexpr Address kEnd = Address{1} << kAddressBits;
  Blocks blocks;
  blocks.add(kEnd - 64, 64);
  const GapBeforeGuard gap((kEnd >> kHeapRegionBits) * 16);  // as much as a row for each region takes
  Heap heap;
  REQUIRE(heap.build());
  CHECK(heap.find(kEnd - 1) == 0);
  CHECK(heap.last_start(kEnd) == 0);
  CHECK(heap.find(kEnd) == kNoIndex);
  CHECK(heap.last_start(kEnd + 1) == kNoIndex);
}

TEST_CASE("a huge block whose size was overwritten ends where the next one starts, and the last one where the addresses do") {
  if (gordian::test::is_skipped_as_emulated("its blocks lie far below that end, and the kernel is asked of each page between, for hours")) return;
  constexpr Address kEnd = Address{1} << kAddressBits;
  constexpr std::size_t kOverwritten = ~std::size_t{0xff} | 2;  // as libc has that of a block with a mapping of its own
  // Of those near the end less is left than makes a block a huge one.
  for (const Address below : {Address{4} << 30, Address{1} << 20}) {
    const Page page(kEnd, below);
    std::size_t* const words = page.words();
    words[1] = words[5] = kOverwritten;
    const Address starts[] = {reinterpret_cast<Address>(&words[2]), reinterpret_cast<Address>(&words[6])};
    REQUIRE(malloc_usable_size(&words[2]) > kEnd);
    Blocks blocks;
    for (const Address start : starts) blocks.add(start, kHugeSize);
    const GapBeforeGuard gap((kEnd >> kHeapRegionBits) * 16);
    Heap heap;
    REQUIRE(heap.build());
    CHECK(heap.ends_at(0, starts[1]));
    CHECK(heap.ends_at(1, kEnd));
    CHECK(heap.find(kEnd - 1) == 1);
  }
}
