// knots_test.cpp - scan/knots.h, on blocks of real memory.
#include "scan/knots.h"

#include <functional>
#include <vector>

#include "catch.h"
#include "real_blocks.h"

using namespace gordian::rt;

namespace {

constexpr Address kCount = 0;  // where a block of the tests counts, and where its pointers lie
constexpr Address kFirst = 8;
constexpr Address kSecond = 16;

using Indexes = std::vector<std::uint32_t>;

// The knots' blocks, numbered by address. `change` may say more of the heap's blocks first.
Indexes knots(const std::function<void(Heap&)>& change = [](Heap&) {}) {
  Heap heap;
  REQUIRE(heap.build());
  change(heap);
  const ModuleMap modules;
  Classes classes(modules);
  const Objects objects(heap, classes);
  PageArray<std::uint32_t> found;
  REQUIRE(find_knots(heap, objects, found));
  return {found.begin(), found.end()};
}

// Blocks of 32 bytes, each of which holds the next one and the last one the first.
std::vector<Address> add_ring(RealBlocks& blocks, std::size_t size, std::uint32_t count) {
  std::vector<Address> ring;
  for (std::size_t i = 0; i < size; ++i) ring.push_back(blocks.add(32));
  for (std::size_t i = 0; i < size; ++i) {
    store_count(ring[i] + kCount, count);
    store_word(ring[i] + kFirst, ring[(i + 1) % size]);
  }
  return ring;
}

}  // namespace

TEST_CASE("a heap without blocks, or of one block, has no knot") {
  CHECK(knots().empty());
  RealBlocks blocks;
  store_count(blocks.add(32) + kCount, 1);
  CHECK(knots().empty());
}

TEST_CASE("blocks that hold each other and count one handle each are a knot") {
  for (const std::size_t size : {1u, 2u, 3u, 100u}) {
    INFO(size);
    RealBlocks blocks;
    add_ring(blocks, size, 1);
    CHECK(knots().size() == size);
  }
}

TEST_CASE("a ring without a number that may count its words is no knot") {
  for (const std::uint32_t count : {0u, 2u, 1000u, 0xffffffffu}) {
    INFO(count);
    RealBlocks blocks;
    add_ring(blocks, 3, count);
    CHECK(knots().empty());
  }
}

TEST_CASE("one block with a count makes the whole ring a knot") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 3, 0);
  store_count(ring[1] + 28, 1);  // wherever it lies
  CHECK(knots() == Indexes{0, 1, 2});
}

TEST_CASE("a count may be as large as there are words, and no larger") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 0);
  store_count(ring[0] + kCount, 2);
  CHECK(knots().empty());
  store_word(ring[1] + kSecond, ring[0] + 4);
  CHECK(knots() == Indexes{0, 1});
}

TEST_CASE("a chain is no knot, however its blocks count") {
  RealBlocks blocks;
  const auto chain = add_ring(blocks, 50, 1);
  store_word(chain.back() + kFirst, 0);
  CHECK(knots().empty());
  store_word(chain.back() + kFirst, chain.back() + 32);  // one past a block's end is not in it
  CHECK(knots().empty());
  store_word(chain.back() + kFirst, chain[25]);
  CHECK(knots().size() == 26);  // the ring of the last 25, and who holds it
}

TEST_CASE("a block's pointer to its own inside holds nothing, one to its start does") {
  RealBlocks blocks;
  const Address string = blocks.add(48);
  store_count(string + kCount, 1);
  store_word(string + kFirst, string + kSecond);  // a short string's
  CHECK(knots().empty());
  store_word(string + kFirst, string);
  CHECK(knots() == Indexes{0});
}

TEST_CASE("a pointer into the middle of another block holds it") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 1);
  store_word(ring[0] + kFirst, ring[1] + 31);
  CHECK(knots() == Indexes{0, 1});
}

TEST_CASE("what holds a knot's counted block comes along, and what holds only that does not") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 1);
  const Address holder = blocks.add(32), above = blocks.add(32);
  store_word(holder + kSecond, ring[1]);
  store_word(above + kSecond, holder);
  CHECK(knots() == Indexes{0, 1, 2});
}

TEST_CASE("what holds a knot's block that cannot count stays") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 1);
  store_count(ring[1] + kCount, 0);
  store_word(blocks.add(32) + kFirst, ring[1]);
  CHECK(knots() == Indexes{0, 1});
}

TEST_CASE("what a knot holds comes along") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 1);
  const Address buffer = blocks.add(32), inner = blocks.add(32);
  store_word(ring[0] + kSecond, buffer);
  store_word(buffer + kSecond, inner);
  CHECK(knots() == Indexes{0, 1, 2, 3});
}

TEST_CASE("a ring behind a buffer is a knot with its buffer") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 1);
  const Address buffer = blocks.add(24);
  store_word(ring[0] + kFirst, buffer);
  store_word(buffer + 16, ring[1]);
  CHECK(knots() == Indexes{0, 1, 2});
}

TEST_CASE("a doubly linked list of plain nodes is no knot") {
  RealBlocks blocks;
  std::vector<Address> nodes;
  for (int i = 0; i < 10; ++i) nodes.push_back(blocks.add(24));
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    store_word(nodes[i], nodes[i + 1]);
    store_word(nodes[i + 1] + 8, nodes[i]);
  }
  CHECK(knots().empty());
}

TEST_CASE("a ring one of whose blocks is owned, recorded or an object's is left alone") {
  for (const auto state : {kBlockOwned, kBlockRecorded, kBlockRooted, kBlockShared}) {
    INFO(static_cast<int>(state));
    RealBlocks blocks;
    add_ring(blocks, 3, 1);
    CHECK(knots([&](Heap& heap) { heap[1].state = state; }).empty());
  }
  RealBlocks blocks;
  add_ring(blocks, 3, 1);
  CHECK(knots([](Heap& heap) {
          heap[1].object = 0;
          heap[1].state = kBlockManaged;
        }).empty());
}

TEST_CASE("a pointer from an owned block makes no count possible") {
  RealBlocks blocks;
  const auto ring = add_ring(blocks, 2, 2);
  store_word(blocks.add(32) + kFirst, ring[0]);
  CHECK(knots() == Indexes{0, 1, 2});
  CHECK(knots([](Heap& heap) { heap[2].state = kBlockOwned; }).empty());
}

TEST_CASE("a block too large for an object that counts itself cannot count") {
  const auto ring_with = [](std::size_t size) {
    RealBlocks blocks;
    const Address large = blocks.add(size), other = blocks.add(16);
    store_count(large + kCount, 1);
    store_word(large + kFirst, other);
    store_word(other + 8, large);
    return knots().size();
  };
  CHECK(ring_with(gordian::snapshot::kLargestCounting) == 2);
  CHECK(ring_with(gordian::snapshot::kLargestCounting + 1) == 0);
}

TEST_CASE("each possible count of a block is visited once, by address") {
  RealBlocks blocks;
  const Address at = blocks.add(18);
  store_count(at, 1);
  store_count(at + 8, 3);
  store_count(at + 12, 2);
  store_word(at + 16, 1);  // its last two bytes are no count
  Heap heap;
  REQUIRE(heap.build());
  const auto visited = [&](std::uint32_t pointing) {
    std::vector<Address> found;
    for_each_possible_count(heap[0], pointing,
                            [&](Address count, std::uint32_t) { found.push_back(count - at); });
    return found;
  };
  CHECK(visited(0).empty());
  CHECK(visited(1) == std::vector<Address>{0});
  CHECK(visited(2) == std::vector<Address>{0, 12});
  CHECK(visited(3) == std::vector<Address>{0, 8, 12});
}
