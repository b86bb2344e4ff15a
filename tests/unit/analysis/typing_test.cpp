// typing_test.cpp - how far types spread, and where they must not.
#include "analysis/typing.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/heap.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::FakeTypes;
using testing::HeapBuilder;

// The region of the first plain block.
Region plain_region(HeapBuilder& heap) {
  const Snapshot snapshot = heap.build();
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  for (std::uint32_t b = 0; b < index.block_count(); ++b) {
    if (index.plain(b)) return typing.regions[b];
  }
  return {};
}

TEST_CASE("a vector's buffer holds elements up to its end") {
  HeapBuilder heap;
  heap.object("Tree").vector("kids", {"A", "B"}, {"C"});
  const Region region = plain_region(heap);
  CHECK(region.kind == RegionKind::elements);
  CHECK(region.certain);
  CHECK(region.count == 2);
  CHECK(region.element_size == 16);
}

TEST_CASE("an empty vector with capacity has no elements") {
  HeapBuilder heap;
  heap.object("Tree").vector("kids", {}, {"C"});
  CHECK(plain_region(heap).kind == RegionKind::elements);
  CHECK(plain_region(heap).count == 0);
}

TEST_CASE("a vector whose end is not recorded types nothing") {
  HeapBuilder heap;
  heap.object("Tree").vector("kids", {"A"});
  Snapshot snapshot = heap.build();
  snapshot.pointers.resize(1);
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  for (const Region& region : typing.regions) CHECK(region.kind != RegionKind::elements);
}

TEST_CASE("a vector whose end lies before its beginning or outside its buffer types nothing") {
  for (const std::uint64_t end : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    HeapBuilder heap;
    heap.object("Tree").vector("kids", {"A"});
    Snapshot snapshot = heap.build();
    snapshot.pointers[1].value = end;
    const HeapIndex index(snapshot);
    const Typing typing = spread_types(index, heap.types());
    for (const Region& region : typing.regions) CHECK(region.kind != RegionKind::elements);
  }
}

TEST_CASE("three pointers like a vector's tell the spare capacity of an untyped buffer") {
  HeapBuilder heap;
  heap.object("A").points_to("buffer").points_to("buffer").points_to("buffer");
  heap.object("B");
  heap.block("buffer").bytes(32).owns("A").stale("B");
  Snapshot snapshot = heap.build();
  const auto buffer = snapshot.pointers[0].value;
  const auto region_when = [&](std::uint64_t used, std::uint64_t end) {
    snapshot.pointers[1].value = buffer + used;
    snapshot.pointers[2].value = buffer + end;
    const HeapIndex index(snapshot);
    return spread_types(index, heap.types()).regions[index.target(0)];
  };
  CHECK(region_when(16, 32).kind == RegionKind::filled);
  CHECK(region_when(16, 32).count == 16);
  CHECK(region_when(32, 32).kind == RegionKind::untyped);  // full
  CHECK(region_when(16, 24).kind == RegionKind::untyped);  // not the buffer's end
}

TEST_CASE("a pointer types what it points to, and that is no certainty") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Pimpl", "impl");
  heap.block("Pimpl").owns("Tree", "peer");
  CHECK(plain_region(heap).kind == RegionKind::pointee);
  CHECK_FALSE(plain_region(heap).certain);
}

TEST_CASE("a block too small for its pointer's type stays untyped") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Pimpl", "impl");
  heap.block("Pimpl").bytes(8);
  heap.types().set_size(heap.types().type("Pimpl"), 16);
  CHECK(plain_region(heap).kind == RegionKind::untyped);
}

TEST_CASE("a block with a vptr is what that says, not what the pointer says") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Base", "impl");
  heap.block("Base").bytes(64).dynamic_type("Derived");
  const Region region = plain_region(heap);
  CHECK(region.type == heap.types().type("Derived"));
  CHECK_FALSE(region.certain);
}

TEST_CASE("a pointer to a type as large as the block beats a pointer to its beginning that came first") {
  HeapBuilder heap;
  heap.object("A").separate().points_to("Pimpl", "begin");
  heap.object("B").points_to("Pimpl", "impl");
  heap.block("Pimpl").bytes(32).owns("A", "a");
  const Snapshot snapshot = heap.build();
  FakeTypes& types = heap.types();
  const TypeId begin = types.type("Begin");
  types.set_size(begin, 8);
  types.set_size(types.type("Pimpl"), 32);
  Word word{WordKind::pointer, "A::begin", "A::begin", "Begin*", begin, 8, "", 0};
  types.set_word(types.type("A"), 0, word);
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, types);
  for (std::uint32_t b = 0; b < index.block_count(); ++b) {
    if (index.plain(b)) CHECK(typing.regions[b].type == types.type("Pimpl"));
  }
}

// A class of `size` bytes that starts with a Base.
void derive(FakeTypes& types, const std::string& name, std::uint64_t size) {
  types.set_size(types.type(name), size);
  types.set_part(types.type(name), types.type("Base"));
}

// A block twice as large as what a raw pointer to it points to, with a handle in each half.
HeapBuilder two_halves() {
  HeapBuilder heap;
  heap.object("Tree").points_to("Base", "impl");
  heap.block("Base").owns("Tree", "peer").owns("Tree", "other").made_at(0x1234);
  heap.types().set_size(heap.types().type("Base"), 16);
  return heap;
}

TEST_CASE("what is twice as large as a raw pointer's type is an array of two, where no class of that size starts with one") {
  HeapBuilder heap = two_halves();
  derive(heap.types(), "Derived", 24);
  const Region region = plain_region(heap);
  CHECK(region.kind == RegionKind::array);
  CHECK(region.names_from == snapshot::kNone);
}

TEST_CASE("what lies behind a raw pointer's type may be a second one of it, or the rest of a class derived from it") {
  HeapBuilder heap = two_halves();
  derive(heap.types(), "Derived", 32);
  const Snapshot snapshot = heap.build();
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  CHECK(plain_region(heap).names_from == 16);
  const SlotVerdicts verdicts = judge_slots(index, typing);
  CHECK(verdicts.objects[0].verdict == CountVerdict::by_counting);
  for (const std::uint32_t slot : {0u, 1u}) {
    REQUIRE(WordTable::known(typing.slot_words[slot]));
    CHECK(typing.words.word(typing.slot_words[slot]).path == "Base::peer");
  }
}

TEST_CASE("who made a block tells the class derived from what a raw pointer points to") {
  const auto region_when = [](std::uint64_t size, bool derived, const std::string& more = "") {
    HeapBuilder heap = two_halves();
    FakeTypes& types = heap.types();
    derive(types, "Unused", 32);
    for (const std::string& name : {std::string("Derived"), more}) {
      if (name.empty()) continue;
      types.set_size(types.type(name), size);
      types.set_maker(0x1234, types.type(name));
      if (derived) derive(types, name, size);
    }
    const Region region = plain_region(heap);
    return std::pair(types.name(region.type), region.names_from);
  };
  // The constructor may be that of another block, which is made next: behind the part that is known it gives names only.
  CHECK(region_when(32, true) == std::pair(std::string("Derived"), 16u));
  CHECK(region_when(24, true) == std::pair(std::string("Base"), 16u));   // a handle lies further behind
  CHECK(region_when(32, false) == std::pair(std::string("Base"), 16u));  // another block's
  CHECK(region_when(32, true, "Other") == std::pair(std::string("Base"), 16u));  // one of the two
}

TEST_CASE("what is made in a larger block is no array of what it starts with") {
  const auto region_when = [](WordKind behind) {
    HeapBuilder heap = two_halves();
    heap.block("Base").bytes(48);
    FakeTypes& types = heap.types();
    derive(types, "Derived", 40);
    types.set_maker(0x1234, types.type("Derived"));
    Word word{WordKind::strong_handle, "Base::peer", "Base::peer", "std::shared_ptr<Tree>", TypeId::none, 0, "", 0};
    for (const auto& [at, kind] : {std::pair(8u, WordKind::strong_handle), std::pair(24u, behind)}) {
      word.kind = kind;
      types.set_word(types.type("Derived"), at, word);
    }
    return plain_region(heap);
  };
  CHECK(region_when(WordKind::weak_handle).names_from == 16);
  CHECK(region_when(WordKind::weak_handle).kind == RegionKind::pointee);
  CHECK(region_when(WordKind::strong_handle).kind == RegionKind::array);  // all that is known says so
}

TEST_CASE("what is made next is not what lies in an array's block, where the element itself is made first") {
  HeapBuilder heap = two_halves();
  heap.block("Base").bytes(48);
  FakeTypes& types = heap.types();
  derive(types, "Cursor", 40);
  types.set_maker(0x1234, types.type("Base"));
  types.set_maker(0x1234, types.type("Cursor"));
  CHECK(plain_region(heap).kind == RegionKind::array);
}

TEST_CASE("whoever points to something else inside a block says that it is no array") {
  const auto names_from_when = [](WordKind kind, const std::string& element, std::uint64_t offset) {
    HeapBuilder heap = two_halves();
    heap.object("Tree").points_to("Base", "other", offset);
    FakeTypes& types = heap.types();
    types.set_size(types.type(element), 8);
    types.set_size(types.type("Base"), 16);
    types.set_part(types.type("Base"), types.type("Part"), 8);
    types.set_word(types.type("control block of Tree"), 24, {kind, "Tree::other", "Tree::other", "", types.type(element), 8, "", 0});
    return plain_region(heap).names_from;
  };
  CHECK(names_from_when(WordKind::pointer, "Base", 16) == snapshot::kNone);
  CHECK(names_from_when(WordKind::pointer, "Base", 8) == 16);
  CHECK(names_from_when(WordKind::pointer, "Part", 24) == snapshot::kNone);
  CHECK(names_from_when(WordKind::pointer, "Leaf", 16) == 16);
  CHECK(names_from_when(WordKind::not_a_slot, "Part", 16) == 16);  // char*
  CHECK(names_from_when(WordKind::not_a_slot, "Part", 32) == snapshot::kNone);  // the end
}

TEST_CASE("what lies 16 bytes into a block is an array only where it is nothing else") {
  const auto region_when = [](bool derived) {
    HeapBuilder heap;
    heap.object("Tree").points_to("Base", "impl", 16);
    heap.block("Base").owns("Tree", "in_front").owns("Tree", "peer").owns("Tree", "other");
    heap.types().set_size(heap.types().type("Base"), 16);
    if (derived) derive(heap.types(), "Derived", 32);
    return plain_region(heap);
  };
  CHECK(region_when(false).names_from == snapshot::kNone);
  CHECK(region_when(true).names_from == 32);
}

TEST_CASE("what lies 16 bytes into a block may be a second base") {
  const auto region_when = [](std::uint64_t size, std::uint64_t at) {
    HeapBuilder heap;
    heap.object("Tree").points_to("Base", "impl", 16);
    heap.block("Base").owns("Tree", "in_front").owns("Tree", "peer").owns("Tree", "other").made_at(0x1234);
    FakeTypes& types = heap.types();
    types.set_size(types.type("Base"), 16);
    types.set_size(types.type("Leaf"), size);
    types.set_part(types.type("Leaf"), types.type("Base"), at);
    types.set_maker(0x1234, types.type("Leaf"));
    const Region region = plain_region(heap);
    return std::tuple(types.name(region.type), region.base, region.names_from);
  };
  CHECK(region_when(48, 16) == std::tuple(std::string("Leaf"), 0u, 32u));
  CHECK(region_when(48, 0) == std::tuple(std::string("Base"), 16u, snapshot::kNone));  // something else of that size
  CHECK(region_when(32, 0) == std::tuple(std::string("Leaf"), 16u, 32u));
}

TEST_CASE("what lies behind a word that has but a name has no more than that itself") {
  // Base is one pointer; behind the first of them lies another, which the same type names.
  const auto names_from_when = [](std::uint64_t size) {
    HeapBuilder heap;
    heap.object("Tree").points_to("Base", "impl");
    heap.block("Base").points_to("Other", "other").points_to("Part", "part");
    heap.block("Other").owns("Tree", "tree");
    heap.block("Part").owns("Tree", "tree");
    FakeTypes& types = heap.types();
    const TypeId part = types.type("Part");
    types.set_size(types.type("Base"), size);
    derive(types, "Derived", 16);
    types.set_size(part, 16);
    for (const std::uint64_t at : {0u, 8u})
      types.set_word(types.type("Base"), at, {WordKind::pointer, "Base::part", "Base::part", "Part*", part, 16, "", 0});
    const Snapshot snapshot = heap.build();
    const HeapIndex index(snapshot);
    const Typing typing = spread_types(index, types);
    std::vector<std::uint32_t> found;
    for (std::uint32_t b = 0; b < index.block_count(); ++b) {
      if (typing.regions[b].type == part) found.push_back(typing.regions[b].names_from);
    }
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(names_from_when(16) == std::vector{snapshot::kNone, snapshot::kNone});
  CHECK(names_from_when(8) == std::vector{0u, snapshot::kNone});
}

TEST_CASE("a word behind a raw pointer's type has no name where that contradicts what was seen") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Base", "impl").sees_logged("Tree");
  heap.block("Base").sees_logged("Tree").owns_logged("Tree");
  FakeTypes& types = heap.types();
  types.set_size(types.type("Base"), 16);
  derive(types, "Derived", 32);
  const auto named_as = [&heap, &types](WordKind kind) {
    types.set_word(types.type("Base"), 8, {kind, "Base::seen", "Base::seen", "", TypeId::none, 0, "", 0});
    const Snapshot snapshot = heap.build();
    const HeapIndex index(snapshot);
    const Typing typing = spread_types(index, types);
    std::vector<snapshot::SlotLog> named;
    for (std::uint32_t slot = 0; slot < index.slot_count(); ++slot) {
      if (WordTable::known(typing.slot_words[slot])) named.push_back(index.slot(slot).log);
    }
    return named;
  };
  // The type says it of the first one. What lies behind that has but a name: the strong one.
  using snapshot::SlotLog;
  CHECK(named_as(WordKind::strong_handle) == std::vector{SlotLog::weak, SlotLog::strong});
  CHECK(named_as(WordKind::weak_handle) == std::vector{SlotLog::weak});
  CHECK(named_as(WordKind::pointer) == std::vector{SlotLog::weak});
}

TEST_CASE("a type reached later beats an untyped word that came first") {
  HeapBuilder heap;
  heap.object("A").points_to("Pimpl");
  heap.object("B").points_to("Pimpl", "impl");
  heap.block("Pimpl").owns("A", "a");
  CHECK(plain_region(heap).kind == RegionKind::pointee);
}

TEST_CASE("a lost block that says what it is types the blocks before it, and those that others only mention") {
  HeapBuilder heap;
  heap.block("Pimpl").bytes(16);
  heap.block("Mentions").bytes(16).dynamic_type("Mentions").points_to("Pimpl", "", 0);
  heap.block("Knows").dynamic_type("Knows").points_to("Pimpl", "impl");
  heap.types().set_size(heap.types().type("Pimpl"), 16);
  CHECK(plain_region(heap).kind == RegionKind::pointee);
  CHECK(plain_region(heap).type == heap.types().type("Pimpl"));
}

// An object A whose only member leads to a chain of two nodes, the blocks N1 and N2. What their
// words are is told by describe_nodes().
HeapBuilder chain_of_nodes() {
  HeapBuilder heap;
  heap.object("A").separate().unlocated().points_to("N1", "kids");
  heap.block("N1").bytes(32).points_to("N2");
  heap.block("N2").bytes(32);
  return heap;
}

// To be called when the heap is built: it replaces the builder's own words.
void describe_nodes(HeapBuilder& heap) {
  FakeTypes& types = heap.types();
  const TypeId node = types.type("node");
  types.set_size(node, 32);
  Word link{WordKind::link, "", "", "", node, 32, "", 0};
  for (std::uint64_t at = 0; at < 32; at += 8) types.set_word(node, at, link);
  link.member = link.path = "A::kids";
  types.set_word(types.type("A"), 0, link);
}

TEST_CASE("the nodes of a container are typed one by another, with certainty") {
  HeapBuilder heap = chain_of_nodes();
  const Snapshot snapshot = heap.build();
  describe_nodes(heap);
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  int nodes = 0;
  for (std::uint32_t b = 0; b < index.block_count(); ++b) {
    if (!index.plain(b)) continue;
    ++nodes;
    CHECK(typing.regions[b].kind == RegionKind::whole);
    CHECK(typing.regions[b].certain);
    CHECK(typing.regions[b].type == heap.types().type("node"));
  }
  CHECK(nodes == 2);
}

TEST_CASE("a node that does not fill its block stays untyped") {
  HeapBuilder heap = chain_of_nodes();
  heap.block("N1").bytes(64);
  const Snapshot snapshot = heap.build();
  describe_nodes(heap);
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  for (const Region& region : typing.regions) CHECK(region.type != heap.types().type("node"));
}

TEST_CASE("a raw pointer that comes first does not take a container's node") {
  HeapBuilder heap;
  heap.object("Iterator").unlocated().points_to("N1", "at");
  heap.object("A").separate().unlocated().points_to("N1", "kids");
  heap.block("N1").bytes(32);
  const Snapshot snapshot = heap.build();
  describe_nodes(heap);
  heap.types().set_size(heap.types().type("N1"), 16);
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  for (std::uint32_t b = 0; b < index.block_count(); ++b) {
    if (!index.plain(b)) continue;
    CHECK(typing.regions[b].certain);
    CHECK(typing.regions[b].type == heap.types().type("node"));
  }
}

TEST_CASE("a managed object with a vptr of its own has its dynamic type") {
  HeapBuilder heap;
  heap.object("Base").separate().dynamic_type("Derived").owns("Base");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].objects[0].type == "Derived");
}

TEST_CASE("an object of which nothing is known is still reported") {
  HeapBuilder heap;
  heap.object("A").untyped().owns("A");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].objects[0].type == "<unknown type>");
}

}  // namespace
}  // namespace gordian
