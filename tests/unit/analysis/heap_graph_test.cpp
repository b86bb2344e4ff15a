// heap_graph_test.cpp - which words are references, and what for: analysis/heap_graph.h
#include "analysis/heap_graph.h"

#include <utility>
#include <vector>

#include "catch.h"

namespace gordian {
namespace {

using snapshot::kNone;

constexpr std::uint64_t kFirst = 0x1000;
constexpr std::uint64_t kSize = 32;
constexpr std::uint64_t kSecond = kFirst + kSize;  // right behind it: with some allocators nothing lies between
constexpr std::uint64_t kTarget = 0x2000;

// How many references the two blocks have, when there are pointers to the third at these places.
std::pair<std::size_t, std::size_t> references(const std::vector<std::uint64_t>& places) {
  Snapshot snapshot;
  snapshot.stacks.push_back({0, 0});
  for (const std::uint64_t address : {kFirst, kSecond, kTarget})
    snapshot.blocks.push_back({address, kSize, 0, kNone, kNone, 0});
  for (const std::uint64_t place : places) snapshot.pointers.push_back({place, kTarget});
  const HeapIndex index(snapshot);
  const HeapGraph heap(index, {}, std::vector<bool>(places.size()));
  const auto count = [&](std::uint32_t block) { return heap.graph().edges_from(heap.node_of_block(block)).size(); };
  return {count(0), count(1)};
}

TEST_CASE("pointers side by side to one block are one reference, as a vector's three are") {
  CHECK(references({kFirst, kFirst + 8, kFirst + 16}) == std::pair<std::size_t, std::size_t>(1, 0));
  CHECK(references({kFirst, kFirst + 16}) == std::pair<std::size_t, std::size_t>(2, 0));
}

TEST_CASE("a block's first pointer is a reference of its own, whatever the block before ends with") {
  CHECK(references({kSecond - 8, kSecond}) == std::pair<std::size_t, std::size_t>(1, 1));
  CHECK(references({kSecond - 8, kSecond, kSecond + 8}) == std::pair<std::size_t, std::size_t>(1, 1));
}

}  // namespace
}  // namespace gordian
