// arenas_test.cpp - analysis/arenas.h
#include "analysis/arenas.h"

#include "analysis/analyse.h"
#include "catch.h"
#include "fake_types.h"

using namespace gordian;
using gordian::testing::FakeTypes;
using snapshot::kNone;

namespace {

constexpr std::uint64_t kArena = 0x1000;
constexpr std::uint64_t kArenaSize = 0x100;
constexpr std::uint64_t kFirst = 0x1020;  // the two control blocks
constexpr std::uint64_t kSecond = 0x1080;
constexpr std::uint64_t kHandle = 24;  // of a control block: where its Node::next has its second word

// An arena that is owned, with two objects in it. What holds them is added by the test.
struct ArenaHeap {
  Snapshot snapshot;
  FakeTypes types;

  explicit ArenaHeap(std::uint64_t extent = 48) {
    const TypeId control = types.type("Control");
    types.set_size(control, extent);
    Word next;
    next.kind = WordKind::strong_handle;
    next.member = next.path = "Node::next";
    next.type = "std::shared_ptr<Node>";
    types.set_word(control, kHandle, next);
    const std::uint32_t vtable = types.add_control_vtable({control, TypeId::none, "Node"});
    snapshot.vtables.push_back({0x5000, {}, "4Node"});
    snapshot.stacks.push_back({0, 0});
    snapshot.blocks.push_back({kArena, kArenaSize, 0, kNone, kNone, snapshot::kRootedArena});
    for (const std::uint64_t control_block : {kFirst, kSecond}) {
      snapshot::ObjectRow object{};
      object.control = control_block;
      object.managed_block = kNone;
      object.vtable = vtable;
      object.use_count = 1;
      object.family = snapshot::Family::std_shared;
      object.flags = snapshot::kObjectInPlace;
      snapshot.objects.push_back(object);
    }
  }

  // One strong handle for each object, in the arena.
  void held_at(std::uint64_t first, std::uint64_t second) {
    for (std::uint32_t o = 0; o < 2; ++o) {
      snapshot::SlotRow slot{};
      slot.address = o == 0 ? first : second;
      slot.object = o;
      slot.place = snapshot::Place::block;
      snapshot.objects[o].first_slot = o;
      snapshot.objects[o].slot_count = 1;
      snapshot.slots.push_back(slot);
    }
  }

  std::uint64_t cycles() { return analyse(snapshot, types).cycles; }
};

}  // namespace

TEST_CASE("objects that hold each other are a cycle, though their arena is owned") {
  ArenaHeap heap;
  heap.held_at(kSecond + kHandle, kFirst + kHandle);
  const Findings findings = analyse(heap.snapshot, heap.types);
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].kind == FindingKind::cycle);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[0].cycle_objects == 2);
}

TEST_CASE("a handle that lies in the arena between the objects owns") {
  SECTION("before the first") {
    ArenaHeap heap;
    heap.held_at(kArena + 8, kFirst + kHandle);
    CHECK(heap.cycles() == 0);
  }
  SECTION("between them") {
    ArenaHeap heap;
    heap.held_at(kSecond + kHandle, kFirst + 48);
    CHECK(heap.cycles() == 0);
  }
  SECTION("behind the last") {
    ArenaHeap heap;
    heap.held_at(kArena + kArenaSize - 8, kFirst + kHandle);
    CHECK(heap.cycles() == 0);
  }
}

TEST_CASE("objects whose extent is in doubt are owned with their arena") {
  SECTION("no debug info") {
    ArenaHeap heap;
    heap.types.strip();
    heap.held_at(kSecond + kHandle, kFirst + kHandle);
    CHECK(heap.cycles() == 0);
  }
  SECTION("one would overlap the next") {
    ArenaHeap heap(kSecond - kFirst + 8);
    heap.held_at(kSecond + kHandle, kFirst + kHandle);
    CHECK(heap.cycles() == 0);
  }
  SECTION("one would leave the block") {
    ArenaHeap heap(kArena + kArenaSize - kSecond + 8);
    heap.held_at(kSecond + kHandle, kFirst + kHandle);
    CHECK(heap.cycles() == 0);
  }
}

TEST_CASE("the pieces of an arena are all of it, and each is somebody's") {
  ArenaHeap heap;
  heap.held_at(kSecond + kHandle, kFirst + kHandle);
  heap.snapshot.blocks.push_back({0x2000, 16, 0, kNone, kNone, 0});
  const auto split = split_arenas(heap.snapshot, heap.types);
  REQUIRE(split);
  REQUIRE(split->blocks.size() == 6);
  std::uint64_t end = kArena;
  for (std::size_t i = 0; i < 5; ++i) {
    const auto& piece = split->blocks[i];
    CHECK(piece.address == end);
    end = piece.address + piece.size;
    CHECK((piece.flags == snapshot::kRootedArena) == (piece.object == kNone));
  }
  CHECK(end == kArena + kArenaSize);
  CHECK(split->objects[0].control_block == 1);
  CHECK(split->objects[1].control_block == 3);
  CHECK(split->slots[0].block == 3);
  CHECK(split->slots[1].block == 1);
}

TEST_CASE("an arena that nobody owns is left whole") {
  ArenaHeap heap;
  heap.snapshot.blocks[0].flags = 0;
  CHECK_FALSE(split_arenas(heap.snapshot, heap.types));
}

namespace {

constexpr std::uint64_t kExtent = 48;
constexpr std::uint64_t kHolder = 0x2000;  // a block with the only handle to the object, and the object leads there

// An object that begins a block of `size` bytes. `behind`: the word right behind it leads to its holder, too.
struct FirstInArena {
  Snapshot snapshot;
  FakeTypes types;

  explicit FirstInArena(bool behind, const char* managed = "Node") {
    const TypeId control = types.type("Control");
    types.set_size(control, kExtent);
    const std::uint32_t vtable = types.add_control_vtable({control, types.type("Node"), managed});
    snapshot.vtables.push_back({0x5000, {}, "4Node"});
    snapshot.stacks.push_back({0, 0});
    snapshot.blocks.push_back({kArena, kArenaSize, 0, kNone, 0, 0});
    snapshot.blocks.push_back({kHolder, 16, 0, kNone, kNone, 0});
    snapshot::ObjectRow object{};
    object.control = kArena;
    object.managed = kArena + 16;
    object.managed_block = kNone;
    object.vtable = vtable;
    object.use_count = 1;
    object.slot_count = 1;
    object.family = snapshot::Family::std_shared;
    object.flags = snapshot::kObjectInPlace;
    snapshot.objects.push_back(object);
    snapshot::SlotRow slot{};
    slot.address = kHolder + 8;
    slot.block = 1;
    slot.place = snapshot::Place::block;
    slot.log = snapshot::SlotLog::strong;
    snapshot.slots.push_back(slot);
    snapshot.pointers.push_back({kArena + kExtent - 8, kHolder});
    if (behind) snapshot.pointers.push_back({kArena + kExtent + 8, kHolder});
  }

  void seen() { snapshot.objects[0].flags |= snapshot::kObjectSeen; }
  // A pointer of somebody's into the block behind the object.
  void led_into() { snapshot.pointers.push_back({kHolder, kArena + kExtent + 8}); }
  std::uint64_t cycles() { return analyse(snapshot, types).cycles; }
};

}  // namespace

TEST_CASE("what lies behind the only object of an arena is not the object's") {
  SECTION("owned memory leads into the arena") {
    FirstInArena heap(true);
    heap.seen();
    CHECK(heap.cycles() == 0);
  }
  SECTION("something leads into it behind the object") {
    FirstInArena heap(true);
    heap.led_into();
    CHECK(heap.cycles() == 0);
  }
}

TEST_CASE("a block is its first object's where nothing says that it is an arena") {
  SECTION("nothing leads into it") { CHECK(FirstInArena(true).cycles() == 1); }
  SECTION("there is nothing behind the object") {
    FirstInArena heap(false);
    heap.seen();
    CHECK(heap.cycles() == 1);
  }
  SECTION("the object is an array, as long as its block") {
    FirstInArena heap(true, "Node []");
    heap.seen();
    CHECK(heap.cycles() == 1);
  }
}
