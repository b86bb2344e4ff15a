// lost_ways_test.cpp - scan/lost_ways.h, on blocks of real memory.
#include "scan/lost_ways.h"

#include <algorithm>
#include <vector>

#include "catch.h"
#include "real_blocks.h"

using namespace gordian::rt;

namespace {

using Indexes = std::vector<std::uint32_t>;

// The blocks that lead to those in `lost`, numbered by address, where blocks have these states besides.
struct Marked {
  std::uint32_t block;
  std::uint8_t state;
};
Indexes ways_to(const Indexes& lost, const std::vector<Marked>& marks = {}) {
  Heap heap;
  REQUIRE(heap.build());
  for (const Marked& mark : marks) heap[mark.block].state |= mark.state;
  PageArray<std::uint32_t> targets;
  for (const std::uint32_t b : lost) {
    heap[b].state |= kBlockRecorded;
    targets.push(b);
  }
  const ModuleMap modules;
  Classes classes(modules);
  const Objects objects(heap, classes);
  PageArray<std::uint32_t> found;
  REQUIRE(find_lost_ways(heap, objects, targets, found));
  Indexes result(found.begin(), found.end());
  std::sort(result.begin(), result.end());
  return result;
}

// Blocks of 32 bytes, each of which points to the next one.
std::vector<Address> add_chain(RealBlocks& blocks, std::size_t size) {
  std::vector<Address> chain;
  for (std::size_t i = 0; i < size; ++i) chain.push_back(blocks.add(32));
  for (std::size_t i = 0; i + 1 < size; ++i) store_word(chain[i] + 8, chain[i + 1]);
  return chain;
}

}  // namespace

TEST_CASE("nothing leads to what nothing points to, and nothing lost needs no way") {
  RealBlocks blocks;
  blocks.add(32);
  CHECK(ways_to({0}).empty());
  CHECK(ways_to({}).empty());
}

TEST_CASE("every block on the way is found, and none beside it") {
  RealBlocks blocks;
  add_chain(blocks, 4);
  add_chain(blocks, 2);
  CHECK(ways_to({3}) == Indexes{0, 1, 2});
  CHECK(ways_to({1}) == Indexes{0});
  CHECK(ways_to({1, 3}) == Indexes{0, 2});
}

TEST_CASE("two ways to one block, and one way to two, are found once") {
  RealBlocks blocks;
  const Address a = blocks.add(32), b = blocks.add(32), c = blocks.add(32), d = blocks.add(32);
  for (const Address to : {b, c}) store_word((to == b ? a : a + 8), to);
  store_word(b, d);
  store_word(c + 16, d + 4);  // into its middle
  CHECK(ways_to({3}) == Indexes{0, 1, 2});
  CHECK(ways_to({1, 2}) == Indexes{0});
}

TEST_CASE("a ring on the way is gone round once") {
  RealBlocks blocks;
  const auto chain = add_chain(blocks, 3);
  store_word(chain[1] + 16, chain[0]);
  CHECK(ways_to({2}) == Indexes{0, 1});
  store_word(chain[2] + 8, chain[0]);
  CHECK(ways_to({2}) == Indexes{0, 1});
}

TEST_CASE("what is owned ends a way, what is recorded does not") {
  for (const std::uint8_t owned : {kBlockOwned, kBlockRooted, kBlockShared}) {
    RealBlocks blocks;
    add_chain(blocks, 4);
    CHECK(ways_to({3}, {{1, owned}}) == Indexes{2});
  }
  RealBlocks blocks;
  add_chain(blocks, 4);
  CHECK(ways_to({3}, {{1, kBlockRecorded}}) == Indexes{0, 2});
}

TEST_CASE("a long chain and many sources are no trouble") {
  RealBlocks blocks;
  const auto chain = add_chain(blocks, 1000);
  for (std::size_t i = 0; i < 500; ++i) store_word(blocks.add(16), chain[i]);
  CHECK(ways_to({999}).size() == 1499);
}
