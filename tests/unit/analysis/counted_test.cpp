// counted_test.cpp - which blocks are objects that count their handles themselves, and what rings of them
// say.
#include "analysis/counted.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/analyse.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Family;
using snapshot::kNone;
using testing::HeapBuilder;
using testing::Ref;

// A heap before and after. `change` may lie about the rows first.
struct Counted {
  template <typename Change>
  Counted(HeapBuilder& heap, Change change)
      : before(heap.build()),
        changed((change(before), true)),
        index(before),
        typing(spread_types(index, heap.types())),
        found(find_counted(index, typing, heap.types())) {}
  explicit Counted(HeapBuilder& heap) : Counted(heap, [](Snapshot&) {}) {}

  const Snapshot& after() const {
    REQUIRE(found);
    return found->snapshot;
  }
  // The only object that counts itself and was not one before.
  const snapshot::ObjectRow& only() const {
    std::vector<const snapshot::ObjectRow*> rows;
    for (const auto& object : after().objects) {
      if (object.family == Family::intrusive) rows.push_back(&object);
    }
    REQUIRE(rows.size() == 1);
    return *rows.front();
  }

  Snapshot before;
  bool changed;
  HeapIndex index;
  Typing typing;
  std::optional<CountedHeap> found;
};

// A counted object that says by its vptr what it is.
Ref polymorphic(HeapBuilder& heap, const std::string& name) {
  return heap.counted(name).dynamic_type(name);
}

void expect_cycle(HeapBuilder& heap, std::uint64_t objects) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.cycles == 1);
  CHECK(findings.findings[0].kind == FindingKind::cycle);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[0].cycle_objects == objects);
}

void expect_silence(HeapBuilder& heap) {
  CHECK(heap.analyse().cycles == 0);
}

TEST_CASE("without a class that counts, a heap has no such objects") {
  HeapBuilder empty;
  CHECK_FALSE(Counted(empty).found);
  HeapBuilder shared;
  shared.object("A").owns("B", "b").points_to("P", "raw");
  shared.object("B").owns("A", "a");
  shared.block("P").bytes(16);
  CHECK_FALSE(Counted(shared).found);
}

TEST_CASE("a plain block that a typed handle points to is an object with the value of its count") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a").holds("A", "b");
  const Counted counted(heap);
  const auto& a = counted.only();
  CHECK(a.use_count == 2);
  CHECK(a.weak_count == 0);
  CHECK(a.slot_count == 2);
  CHECK(a.control == counted.before.blocks[a.control_block].address);
  CHECK(a.managed_block == kNone);
  CHECK(a.vtable == kNone);
  CHECK(counted.found->types.size() == 2);
  CHECK(std::count(counted.found->types.begin(), counted.found->types.end(), heap.types().type("A")) == 1);
}

TEST_CASE("a block behind a handle whose class has no count stays a block") {
  HeapBuilder heap;
  heap.object("S").holds(heap.block("P").bytes(16), "p");
  heap.types().set_size(heap.types().type("P"), 16);
  CHECK_FALSE(Counted(heap).found);
}

TEST_CASE("every pointer into the block is a slot, one past its end is not") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a");
  heap.object("X").points_to("A", "", 7).points_to("A", "", 8);
  const Counted counted(heap);
  const auto& a = counted.only();
  CHECK(a.slot_count == 2);
  REQUIRE(counted.after().pointers.size() == 1);
  CHECK(counted.after().pointers[0].value == a.control + 8);
}

TEST_CASE("an object's count is no count of a block any more, others are") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a").points_to("P", "raw");
  heap.block("P").bytes(16);
  const Counted counted(heap, [](Snapshot& snapshot) {
    REQUIRE(snapshot.counts.size() == 1);
    snapshot.counts.push_back({snapshot.blocks.back().address + 4, 1, 0});
  });
  REQUIRE(counted.after().counts.size() == 1);
  CHECK(counted.after().counts[0].address == counted.before.blocks.back().address + 4);
}

TEST_CASE("blocks that count and hold each other are a cycle") {
  for (const std::size_t size : {1u, 2u, 3u, 20u}) {
    for (const bool backwards : {false, true}) {
      INFO(size);
      HeapBuilder heap;
      const auto name = [](std::size_t i) { return "T" + std::to_string(i); };
      for (std::size_t i = 0; i < size; ++i) polymorphic(heap, name(i)).holds(name((i + 1) % size), "next");
      if (backwards) heap.lay_out_backwards();
      expect_cycle(heap, size);
    }
  }
}

TEST_CASE("a chain of blocks that count is no cycle") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b");
  polymorphic(heap, "B").holds("C", "c");
  polymorphic(heap, "C");
  expect_silence(heap);
}

TEST_CASE("a ring is silent when a handle to one of its objects was not found") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b").unlocated();
  polymorphic(heap, "B").holds("A", "a");
  expect_silence(heap);
}

TEST_CASE("a word that may be anything does not stand in for a handle that was not found") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b").unlocated();
  polymorphic(heap, "B").holds("A", "a");
  heap.block("X").points_to("A");
  expect_silence(heap);
}

TEST_CASE("a word that may be anything does not hide a ring whose handles are all found") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b");
  polymorphic(heap, "B").holds("A", "a");
  heap.block("X").points_to("A");
  expect_cycle(heap, 2);
}

TEST_CASE("a raw pointer closes no cycle") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b").unlocated();
  polymorphic(heap, "B").points_to("A", "parent");
  expect_silence(heap);
}

TEST_CASE("a raw pointer beside the handles changes nothing") {
  HeapBuilder heap;
  polymorphic(heap, "A").holds("B", "b").points_to("B", "last");
  polymorphic(heap, "B").holds("A", "a");
  expect_cycle(heap, 2);
}

// The list that a local owns is no root: its handle was in a register when the program ended.
TEST_CASE("an object to which no handle is in sight keeps what it holds") {
  HeapBuilder heap;
  polymorphic(heap, "List").holds("A", "first").unlocated();
  polymorphic(heap, "A").holds("B", "b");
  polymorphic(heap, "B").holds("A", "a");
  CHECK(Counted(heap).after().objects.size() == 3);
  expect_silence(heap);
}

TEST_CASE("a lost block that does not count keeps nothing") {
  HeapBuilder heap;
  heap.block("Lost").dynamic_type("Lost").holds("A", "first");
  polymorphic(heap, "A").holds("B", "b");
  polymorphic(heap, "B").holds("A", "a");
  CHECK(Counted(heap).after().objects.size() == 2);
  expect_cycle(heap, 2);
}

TEST_CASE("several objects in one block are none") {
  HeapBuilder heap;
  heap.counted("A").points_to("P", "p").bytes(32);
  heap.object("S").holds("A", "a");
  CHECK_FALSE(Counted(heap).found);
  HeapBuilder one;
  one.counted("A").points_to("P", "p").bytes(24);  // and something behind it
  one.object("S").holds("A", "a");
  CHECK(Counted(one).only().use_count == 1);
}

TEST_CASE("a base class in the middle of its block has its count there") {
  HeapBuilder heap;
  const Ref a = heap.counted("A").bytes(16);
  heap.object("S").holds(a, "a", 8);
  const Counted counted(heap, [](Snapshot& snapshot) { snapshot.counts.front().address += 8; });
  CHECK(counted.only().use_count == 1);
  CHECK(counted.only().control == counted.before.blocks[counted.only().control_block].address);
  const Counted elsewhere(heap);
  CHECK(elsewhere.only().use_count > counted.before.pointers.size());
}

TEST_CASE("an arena that is owned is no object, whoever points into it") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a");
  const Counted counted(heap, [](Snapshot& snapshot) {
    for (auto& block : snapshot.blocks) {
      if (block.object == kNone) block.flags = snapshot::kRootedArena;
    }
  });
  CHECK_FALSE(counted.found);
}

TEST_CASE("a ring of a shared object and one that counts itself is a cycle") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a");
  heap.counted("A").owns("S", "s");
  expect_cycle(heap, 2);
}

TEST_CASE("a mixed ring is silent when somebody owns its shared object, or may own the other one") {
  HeapBuilder owned;
  owned.object("S").holds("A", "a");
  owned.counted("A").owns("S", "s");
  owned.stack_slot("S");
  expect_silence(owned);
  HeapBuilder missing;
  missing.object("S").holds("A", "a");
  missing.counted("A").owns("S", "s").unlocated();
  expect_silence(missing);
}

TEST_CASE("a weak handle back closes no mixed ring") {
  HeapBuilder heap;
  heap.object("S").holds("A", "a").unlocated();
  heap.counted("A").sees("S", "s");
  expect_silence(heap);
}

TEST_CASE("a ring that goes through a vector's buffer is a cycle") {
  HeapBuilder heap;
  heap.counted("A");
  heap.counted("B");
  polymorphic(heap, "Root").vector_of_counted("kids", {"A", "B"});
  heap.counted("A").holds("Root", "parent");
  heap.counted("B").holds("Root", "parent");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[0].cycle_objects == 3);
}

TEST_CASE("a vector's spare capacity holds no object that counts itself") {
  HeapBuilder heap;
  polymorphic(heap, "Root").vector_of_counted("kids", {}, {"A"});
  polymorphic(heap, "A").holds("Root", "parent").unlocated();
  expect_silence(heap);
}

TEST_CASE("an announced object has the type that a handle to it has") {
  HeapBuilder heap;
  heap.announced("C");
  heap.object("S").holds("C", "c");
  const Counted counted(heap);
  REQUIRE(counted.after().objects.size() == 2);
  for (std::uint32_t o = 0; o < 2; ++o) {
    const bool custom = counted.after().objects[o].family == Family::custom;
    CHECK(counted.found->types[o] == (custom ? heap.types().type("C") : TypeId::none));
  }
}

TEST_CASE("an announced object of another size than its handle's class is not of that class") {
  HeapBuilder heap;
  heap.announced("C").bytes(24);
  heap.object("S").holds("C", "c");
  CHECK_FALSE(Counted(heap).found);
}

TEST_CASE("an announced object with a vptr is what that says") {
  HeapBuilder heap;
  heap.announced("C").dynamic_type("C");
  heap.announced("D").dynamic_type("D").holds("C", "c");
  heap.announced("C").holds("D", "d");
  CHECK_FALSE(Counted(heap).found);
  expect_cycle(heap, 2);
  CHECK(heap.analyse().findings[0].objects[0].type == "C");
  CHECK(heap.analyse().findings[0].objects[0].family == "custom");
}

TEST_CASE("an announced object without a vptr is of the class that its announcing constructors say") {
  HeapBuilder heap;
  heap.announced("C").made_at(0x100);
  heap.announced("D").made_at(0x200).holds("C", "c");
  heap.announced("C").holds("D", "d");
  heap.types().set_maker(0x100, heap.types().type("C"));
  heap.types().set_maker(0x200, heap.types().type("D"));
  expect_cycle(heap, 2);
  CHECK(heap.analyse().findings[0].objects[0].type == "C");
}

TEST_CASE("announced objects of which nothing says what they are hold each other in doubt") {
  HeapBuilder heap;
  heap.announced("C").made_at(0x100);
  heap.announced("D").holds("C", "c");
  heap.announced("C").holds("D", "d");
  expect_silence(heap);
  heap.types().set_maker(0x100, heap.types().type("C"));
  expect_cycle(heap, 2);  // C says what D is
}

TEST_CASE("a block behind an announced object counts its handles as others do") {
  for (const bool unlocated : {false, true}) {
    HeapBuilder heap;
    heap.announced("C").made_at(0x100).holds("B", "b");
    heap.counted("B").holds("C", "c").unlocated(unlocated ? 1 : 0);
    heap.types().set_maker(0x100, heap.types().type("C"));
    if (unlocated) {
      expect_silence(heap);
    } else {
      expect_cycle(heap, 2);
    }
  }
}

TEST_CASE("a class announced by another's constructor is not believed for a block of another size") {
  HeapBuilder heap;
  heap.announced("C").made_at(0x100).bytes(32);
  heap.types().set_maker(0x100, heap.types().type("C"));
  CHECK_FALSE(Counted(heap).found);
}

// Handles whose count lies in a block of its own.

TEST_CASE("a block whose count lies apart is an object of both blocks") {
  HeapBuilder heap;
  heap.block("A").bytes(24);
  heap.object("S").shares("A", "a").shares("A", "b");
  const Counted counted(heap);
  const auto& a = counted.only();
  CHECK(a.use_count == 2);
  CHECK(a.slot_count == 2);
  REQUIRE(a.managed_block != kNone);
  CHECK(a.managed == counted.before.blocks[a.managed_block].address);
  CHECK(counted.before.blocks[a.managed_block].size == 24);
  CHECK(counted.after().blocks[a.managed_block].object == counted.after().blocks[a.control_block].object);
  CHECK(counted.after().counts.empty());
}

TEST_CASE("a pointer into the middle of a block makes no object of it, though its count lies apart") {
  HeapBuilder heap;
  heap.block("A").bytes(24);
  heap.object("S").shares("A", "a", 8);
  for (const auto& object : Counted(heap).found ? Counted(heap).after().objects : Snapshot().objects) {
    CHECK(object.managed_block == kNone);
  }
}

TEST_CASE("a handle that points to no block, or into the middle of a count apart, makes no object") {
  HeapBuilder heap;
  heap.block("A").bytes(24);
  heap.object("S").shares("A", "a");
  const auto objects_when = [&](auto change) {
    const Counted counted(heap, change);
    const auto is_apart = [](const auto& object) { return object.managed_block != kNone; };
    return counted.found
               ? std::count_if(counted.after().objects.begin(), counted.after().objects.end(), is_apart)
               : 0;
  };
  CHECK(objects_when([](Snapshot&) {}) == 1);
  CHECK(objects_when([](Snapshot& snapshot) { snapshot.pointers[0].value = 16; }) == 0);
  CHECK(objects_when([](Snapshot& snapshot) { snapshot.pointers[1].value += 4; }) == 0);
}

TEST_CASE("blocks whose counts lie apart and that hold each other are a cycle, unless a handle is missing") {
  for (const bool unlocated : {false, true}) {
    HeapBuilder heap;
    heap.block("A").dynamic_type("A").shares("B", "b");
    heap.block("B").dynamic_type("B").shares("A", "a");
    if (unlocated) heap.counted("A's count").unlocated();
    if (unlocated) {
      expect_silence(heap);
    } else {
      expect_cycle(heap, 2);
    }
  }
}

// What holds of the rows of every snapshot.
void check_rows(const Snapshot& snapshot) {
  std::uint32_t slots = 0;
  for (std::uint32_t o = 0; o < snapshot.objects.size(); ++o) {
    const auto& object = snapshot.objects[o];
    CHECK((o == 0 || snapshot.objects[o - 1].control < object.control));
    CHECK(snapshot.blocks[object.control_block].object == o);
    if (object.managed_block != kNone) CHECK(snapshot.blocks[object.managed_block].object == o);
    CHECK((object.slot_count == 0 || object.first_slot == slots));
    slots += object.slot_count;
    for (std::uint32_t s = slots - object.slot_count; s < slots; ++s) {
      CHECK(snapshot.slots[s].object == o);
      if (snapshot.slots[s].block == kNone) continue;
      const auto& home = snapshot.blocks[snapshot.slots[s].block];
      CHECK(snapshot.slots[s].address - home.address < home.size);
    }
  }
  CHECK(slots == snapshot.slots.size());
}

TEST_CASE("shared objects, their blocks and their slots keep each other when new objects come between them") {
  for (const bool backwards : {false, true}) {
    HeapBuilder heap;
    heap.counted("A");
    heap.object("S").holds("A", "a").holds("B", "b").owns("T", "t");
    heap.counted("B").holds("C", "c");
    heap.object("T").separate().owns("S", "s").sees("S", "w").points_to("P", "raw");
    heap.counted("C").owns("T", "t");
    heap.announced("D").holds("A", "a");
    heap.block("P").bytes(16);
    heap.stack_slot("S");
    if (backwards) heap.lay_out_backwards();
    const Counted counted(heap);
    const Snapshot& after = counted.after();
    check_rows(counted.before);
    check_rows(after);
    CHECK(after.objects.size() == counted.before.objects.size() + 3);
    CHECK(after.slots.size() + after.pointers.size() ==
          counted.before.slots.size() + counted.before.pointers.size());
    for (const auto& was : counted.before.objects) {
      const auto is = std::find_if(after.objects.begin(), after.objects.end(),
                                   [&](const auto& object) { return object.control == was.control; });
      REQUIRE(is != after.objects.end());
      CHECK(is->birth == was.birth);
      CHECK(is->slot_count == was.slot_count);
      for (std::uint32_t s = 0; s < was.slot_count; ++s) {
        CHECK(after.slots[is->first_slot + s].address == counted.before.slots[was.first_slot + s].address);
      }
    }
  }
}

TEST_CASE("an object is said to be made where its block was allocated") {
  HeapBuilder heap;
  heap.object("S").holds(heap.counted("A").made_at(0x100), "a");
  const Counted counted(heap);
  REQUIRE(counted.only().stack != 0);
  CHECK(counted.after().stack(counted.only().stack).front() == 0x100);
}

}  // namespace
}  // namespace gordian
