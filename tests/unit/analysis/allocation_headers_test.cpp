// allocation_headers_test.cpp - analysis/allocation_headers.h
#include "analysis/allocation_headers.h"

#include "analysis/root_blocks.h"
#include "catch.h"

using namespace gordian;
using snapshot::kNone;

namespace {

constexpr std::uint64_t kHeaderLength = 32;  // of each header
constexpr std::uint64_t kInPlaceBlock = 0x1000;
constexpr std::uint64_t kApartBlock = 0x2000;
constexpr std::uint64_t kManagedBlock = 0x3000;  // the second object's, in a block of its own
constexpr std::uint64_t kPlainBlock = 0x4000;
constexpr std::uint64_t kHeadedSize = 0x60;

// Two objects with headers; the first is in place and points to a plain block.
struct HeadedHeap {
  Snapshot snapshot;

  HeadedHeap() {
    snapshot.vtables.push_back({0x5000, {}, "4Node"});
    for (const std::uint64_t address : {kInPlaceBlock, kApartBlock, kManagedBlock, kPlainBlock})
      snapshot.blocks.push_back({address, kHeadedSize, 0, kNone, kNone, 0});
    add(0, kInPlaceBlock + kHeaderLength, kInPlaceBlock + kHeaderLength + 16);
    snapshot.objects[0].flags = snapshot::kObjectInPlace;
    add(1, kApartBlock + kHeaderLength, kManagedBlock + kHeaderLength);
    snapshot.pointers.push_back({kInPlaceBlock + kHeaderLength + 24, kPlainBlock + kHeaderLength});
    snapshot.pointers.push_back({kApartBlock + kHeaderLength + 16, kManagedBlock + kHeaderLength});
  }

  void add(std::uint32_t block, std::uint64_t control, std::uint64_t managed) {
    snapshot::ObjectRow object{};
    object.control = control;
    object.managed = managed;
    object.control_block = block;
    object.managed_block = kNone;
    object.vtable = 0;
    object.use_count = 1;
    object.family = snapshot::Family::std_shared;
    snapshot.objects.push_back(object);
  }

  bool is_cut(std::uint32_t block) const {
    const auto after = without_allocation_headers(snapshot);
    return after && after->blocks[block].address == snapshot.blocks[block].address + kHeaderLength;
  }
};

}  // namespace

TEST_CASE("blocks begin where the program's operator new says") {
  HeadedHeap heap;
  heap.snapshot.reasons = {{kPlainBlock, "meant"}, {0x9000, "gone"}};
  const auto after = without_allocation_headers(heap.snapshot);
  REQUIRE(after);
  for (std::uint32_t b = 0; b < 4; ++b) {
    CHECK(after->blocks[b].address == heap.snapshot.blocks[b].address + kHeaderLength);
    CHECK(after->blocks[b].size == kHeadedSize - kHeaderLength);
  }
  CHECK(after->blocks[0].object == 0);
  CHECK(after->blocks[0].vtable == 0);
  CHECK(after->blocks[1].object == 1);
  CHECK(after->blocks[2].object == 1);
  CHECK(after->blocks[3].object == kNone);
  CHECK(after->objects[0].managed_block == kNone);
  CHECK(after->objects[1].managed_block == 2);
  CHECK(after->reasons[0].block == kPlainBlock + kHeaderLength);
  CHECK(after->reasons[1].block == 0x9000);
}

TEST_CASE("nothing is cut where allocations begin their blocks, or lie in them in several ways") {
  HeadedHeap heap;
  SECTION("each object begins its block") {
    for (auto& object : heap.snapshot.objects) object.control -= kHeaderLength;
    heap.snapshot.blocks[0].object = 0;
    heap.snapshot.blocks[1].object = 1;
  }
  SECTION("one object begins a block that is not its own alone") { heap.snapshot.objects[0].control = kInPlaceBlock; }
  SECTION("they lie elsewhere in each block") { heap.snapshot.objects[1].control += 16; }
  SECTION("two objects in one block") { heap.add(1, kApartBlock + kHeaderLength, kApartBlock + kHeaderLength + 16); }
  CHECK_FALSE(without_allocation_headers(heap.snapshot));
}

TEST_CASE("a block keeps its first bytes where they may be more than a header") {
  HeadedHeap heap;
  REQUIRE(heap.is_cut(3));
  SECTION("something leads to them") { heap.snapshot.pointers.push_back({kApartBlock + kHeaderLength + 24, kPlainBlock + 8}); }
  SECTION("a root leads to them") {
    snapshot::RootWordRow word{};
    word.value = kPlainBlock;
    heap.snapshot.root_words.push_back(word);
  }
  SECTION("they lead to a block") { heap.snapshot.pointers.push_back({kPlainBlock + 8, kManagedBlock + kHeaderLength}); }
  SECTION("there is a handle") {
    snapshot::SlotRow slot{};
    slot.address = kPlainBlock + 8;
    slot.block = 3;
    slot.place = snapshot::Place::block;
    heap.snapshot.slots.push_back(slot);
  }
  SECTION("there is a vptr") { heap.snapshot.blocks[3].vtable = 0; }
  SECTION("they are all that there is") { heap.snapshot.blocks[3].size = kHeaderLength; }
  SECTION("nothing leads behind them") { heap.snapshot.pointers[0].value += 8; }
  SECTION("it is an arena that is owned") { heap.snapshot.blocks[3].flags = snapshot::kRootedArena; }
  SECTION("an object that counts itself begins there") {
    heap.add(3, kPlainBlock, 0);
    heap.snapshot.objects[2].family = snapshot::Family::custom;
  }
  SECTION("the program asks about them") { heap.snapshot.asked = kPlainBlock; }
  SECTION("it is a variable") { heap.snapshot.blocks[3].flags = kRootBlock; }
  CHECK(heap.is_cut(0));
  CHECK_FALSE(heap.is_cut(3));
}

TEST_CASE("a header may point to a variable and into a module, and have numbers: it is gone with them") {
  constexpr std::uint64_t kVariable = 0x8000;
  HeadedHeap heap;
  heap.snapshot.blocks.push_back({kVariable, kHeadedSize, 0, kNone, kNone, kRootBlock});
  heap.snapshot.pointers.push_back({kPlainBlock + 8, 0x7f0000000000});
  heap.snapshot.pointers.push_back({kPlainBlock + 16, kVariable});
  heap.snapshot.pointers.push_back({kPlainBlock + kHeaderLength, 0x7f0000000000});
  heap.snapshot.counts = {{kPlainBlock + 24, 1, 0}, {kPlainBlock + kHeaderLength + 8, 1, 0}};
  REQUIRE(heap.is_cut(3));
  const auto after = without_allocation_headers(heap.snapshot);
  CHECK(after->pointers.size() == 3);
  REQUIRE(after->counts.size() == 1);
  CHECK(after->counts[0].address == kPlainBlock + kHeaderLength + 8);
}

TEST_CASE("a block is a managed object's only where its deleter deletes it, and it begins there") {
  HeadedHeap heap;
  SECTION("a deleter that may do nothing") { heap.snapshot.objects[1].flags = snapshot::kObjectAdopted; }
  SECTION("a dead object") { heap.snapshot.objects[1].use_count = 0; }
  SECTION("a member") { heap.snapshot.objects[1].managed += 8; }
  SECTION("elsewhere") { heap.snapshot.objects[1].managed = 0x9000; }
  SECTION("two of them") {
    heap.snapshot.blocks.push_back({0x6000, kHeadedSize, 0, kNone, kNone, 0});
    heap.add(4, 0x6000 + kHeaderLength, kManagedBlock + kHeaderLength);
    const auto after = without_allocation_headers(heap.snapshot);
    REQUIRE(after);
    CHECK(after->objects[2].managed_block == kNone);
    return;
  }
  const auto after = without_allocation_headers(heap.snapshot);
  REQUIRE(after);
  CHECK(after->objects[1].managed_block == kNone);
  CHECK(after->blocks[2].object == kNone);
}
