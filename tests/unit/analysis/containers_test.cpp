// containers_test.cpp - what a container's words say of its blocks, and when they say nothing.
#include "analysis/containers.h"

#include <map>
#include <memory>

#include "catch.h"

namespace gordian {
namespace {

constexpr std::uint64_t kHome = 0x1000;  // the block that the container lies in
constexpr std::uint64_t kMap = 0x2000;
constexpr std::uint64_t kBuffers = 0x10000;  // each 0x1000 after the one before
constexpr std::uint64_t kElement = 16;
constexpr std::uint64_t kBuffer = 512;

// A heap of plain blocks without any object.
class Blocks {
 public:
  void block(std::uint64_t address, std::uint64_t size) { blocks_[address] = size; }
  void pointer(std::uint64_t address, std::uint64_t value) { pointers_[address] = value; }
  void no_pointer(std::uint64_t address) { pointers_.erase(address); }

  const HeapIndex& index() {
    snapshot_ = Snapshot();
    snapshot_.stacks.push_back({0, 0});
    for (const auto& [address, size] : blocks_) {
      snapshot_.blocks.push_back({address, size, 0, snapshot::kNone, snapshot::kNone, 0});
    }
    for (const auto& [address, value] : pointers_) snapshot_.pointers.push_back({address, value});
    index_ = std::make_unique<HeapIndex>(snapshot_);
    return *index_;
  }
  // The row of the pointer at `address`, once index() was asked for.
  std::uint32_t row(std::uint64_t address) const {
    std::uint32_t row = 0;
    while (snapshot_.pointers.at(row).address != address) ++row;
    return row;
  }
  std::uint32_t block_at(std::uint64_t address) const { return index_->block_holding(address); }

 private:
  std::map<std::uint64_t, std::uint64_t> blocks_, pointers_;
  Snapshot snapshot_;
  std::unique_ptr<HeapIndex> index_;
};

Word word_of(WordKind kind) {
  Word word;
  word.kind = kind;
  word.element = static_cast<TypeId>(7);
  return word;
}

// libstdc++'s deque with `buffers` buffers: element `skipped` of the first one is the first alive,
// and `in_last` of the last one are.
Blocks deque(std::uint64_t buffers, std::uint64_t skipped, std::uint64_t in_last) {
  Blocks heap;
  heap.block(kHome, 80);
  heap.block(kMap, 64);
  const std::uint64_t first_node = kMap + 16;
  for (std::uint64_t i = 0; i < buffers; ++i) {
    heap.block(kBuffers + i * 0x1000, kBuffer);
    heap.pointer(first_node + 8 * i, kBuffers + i * 0x1000);
  }
  const std::uint64_t last = kBuffers + (buffers - 1) * 0x1000;
  heap.pointer(kHome, kMap);
  heap.pointer(kHome + 16, kBuffers + skipped * kElement);
  heap.pointer(kHome + 24, kBuffers);
  heap.pointer(kHome + 32, kBuffers + kBuffer);
  heap.pointer(kHome + 40, first_node);
  heap.pointer(kHome + 48, last + in_last * kElement);
  heap.pointer(kHome + 56, last);
  heap.pointer(kHome + 64, last + kBuffer);
  heap.pointer(kHome + 72, first_node + 8 * (buffers - 1));
  return heap;
}

std::vector<Part> parts_of(Blocks& heap) {
  const HeapIndex& index = heap.index();
  return deque_parts(index, heap.row(kHome), word_of(WordKind::deque_begin), kElement);
}

TEST_CASE("a container's node has no more behind its value than such nodes have") {
  constexpr std::uint64_t kNode = 48;
  const auto described = [&](std::uint64_t size, std::uint32_t behind) {
    Blocks heap;
    heap.block(kHome, 8);
    heap.block(kMap, size);
    heap.pointer(kHome, kMap);
    Word link = word_of(WordKind::link);
    link.behind = behind;
    const HeapIndex& index = heap.index();
    return container_node(index, heap.row(kHome), link, kNode).has_value();
  };
  CHECK(described(kNode, 7));
  CHECK_FALSE(described(kNode + 8, 7));
  CHECK(described(kNode + 8, 8));
  CHECK_FALSE(described(kNode + 16, 8));
  CHECK(described(kNode + 16, 16));
  CHECK_FALSE(described(kNode - 8, 16));
}

TEST_CASE("a deque's buffers hold the elements between its iterators, and are counted through") {
  Blocks heap = deque(3, 5, 2);
  const auto parts = parts_of(heap);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].block == heap.block_at(kMap));
  CHECK(parts[0].region.kind == RegionKind::links);
  CHECK(parts[1].region.base == 5 * kElement);
  CHECK(parts[1].region.count == 27);
  CHECK(parts[1].region.first == 0);
  const auto& buffer = heap.index().block(parts[1].block);
  CHECK(is_dead_room(parts[1].region, buffer, kBuffers + 4 * kElement + 8));
  CHECK_FALSE(is_dead_room(parts[1].region, buffer, kBuffers + 5 * kElement + 8));
  CHECK(parts[2].region.count == 32);
  CHECK(parts[2].region.first == 27);
  CHECK(parts[3].block == heap.block_at(kBuffers + 0x2000));
  CHECK(parts[3].region.count == 2);
  CHECK(parts[3].region.first == 59);
}

TEST_CASE("an empty deque has a buffer without elements") {
  Blocks heap = deque(1, 3, 3);
  const auto parts = parts_of(heap);
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].region.count == 0);
}

TEST_CASE("a deque whose words do not fit together describes nothing") {
  const auto broken = [](std::uint64_t at, std::uint64_t value) {
    Blocks heap = deque(2, 0, 1);
    heap.pointer(at, value);
    return parts_of(heap).empty();
  };
  CHECK(broken(kHome + 16, kBuffers + 8));      // in the middle of an element
  CHECK(broken(kHome + 48, kBuffers));          // the end lies in another buffer
  CHECK(broken(kHome + 72, kMap + 8));          // the last buffer comes before the first
  CHECK(broken(kHome + 72, kMap + 64));         // behind the array
  CHECK(broken(kMap + 24, kBuffers + 0x1008));  // no buffer starts there
  Blocks lacking = deque(2, 0, 1);
  lacking.no_pointer(kHome + 40);
  CHECK(parts_of(lacking).empty());
}

TEST_CASE("buffers whose bounds are not known may hold the dead") {
  Blocks heap;
  heap.block(kHome, 48);
  heap.block(kMap, 32);
  heap.block(kBuffers, 4096);
  heap.pointer(kHome + 8, kMap + 8);
  heap.pointer(kHome + 16, kMap + 16);
  heap.pointer(kMap + 8, kBuffers);
  const HeapIndex& index = heap.index();
  const auto parts = buffer_parts(index, heap.row(kHome + 8), word_of(WordKind::buffers_begin), kElement);
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].region.count == 256);
  CHECK(parts[1].region.may_be_dead);
}

TEST_CASE("behind a count lie the elements of an array, behind a pointer the value of a node") {
  Blocks heap;
  heap.block(kHome, 8);
  heap.block(kBuffers, 16 + 2 * kElement);
  heap.pointer(kHome, kBuffers + 16);
  heap.pointer(kBuffers + 16, kHome);
  const auto pointed_to = [&] {
    const HeapIndex& index = heap.index();
    return pointee(index, heap.row(kHome), word_of(WordKind::pointer), kElement);
  };
  REQUIRE(pointed_to());
  CHECK(pointed_to()->kind == RegionKind::array);
  CHECK(pointed_to()->count == 2);
  CHECK_FALSE(pointed_to()->owned_array);  // a vector of the program's own may have its size there
  heap.pointer(kBuffers + 8, kBuffers);
  CHECK_FALSE(pointed_to());
}

TEST_CASE("a holder's block is one of the very size of what it holds") {
  Blocks heap;
  heap.block(kHome, 64);
  heap.block(kBuffers, 24);
  heap.pointer(kHome + 8, kBuffers);
  const HeapIndex& index = heap.index();
  const std::uint32_t home = heap.block_at(kHome);
  ErasedPlace place;
  CHECK(erased_block(index, home, kHome + 8, place, 24) == heap.block_at(kBuffers));
  CHECK_FALSE(erased_block(index, home, kHome + 8, place, 16));
  place.at = 8;  // asked of the buffer's second word
  CHECK(erased_block(index, home, kHome + 16, place, 24) == heap.block_at(kBuffers));
  CHECK_FALSE(erased_block(index, home, kHome + 8, place, 24));
}

}  // namespace
}  // namespace gordian
