// lost_test.cpp - which block is named as the one that was lost.
#include "analysis/lost.h"

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;

Finding only_orphan(HeapBuilder& heap) {
  Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 0);
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].kind == FindingKind::orphan);
  return findings.findings[0];
}

LostHolder only_place(HeapBuilder& heap) {
  const Finding finding = only_orphan(heap);
  REQUIRE(finding.lost_holders.size() == 1);
  return finding.lost_holders[0];
}

}  // namespace

TEST_CASE("the block that leads to a lost handle is named, however far up it is") {
  HeapBuilder heap;
  heap.block("outer").bytes(96).points_to("middle");
  heap.block("middle").bytes(40).points_to("inner");
  heap.block("inner").owns("A");
  heap.object("A");
  const LostHolder place = only_place(heap);
  CHECK(place.bytes == 16);
  REQUIRE(place.hangs_on);
  CHECK(place.hangs_on->bytes == 96);
}

TEST_CASE("a container's nodes point back into the block that holds it: that one is named") {
  for (const bool handle_in_root : {true, false}) {
    INFO(handle_in_root);
    HeapBuilder heap;
    heap.block("root").bytes(56).points_to("leaf").points_to("map", "", 8);
    heap.block("leaf").bytes(56).points_to("root");
    heap.block("map").bytes(48).points_to("root");
    heap.block(handle_in_root ? "root" : "leaf").owns("A");
    heap.object("A");
    const LostHolder place = only_place(heap);
    REQUIRE(place.hangs_on);
    CHECK(place.hangs_on->bytes == 48);
  }
}

TEST_CASE("of blocks that point to each other's start the one of its kind is named") {
  HeapBuilder heap;
  heap.block("first").bytes(64).points_to("second").points_to("list");
  heap.block("second").bytes(64).points_to("list").points_to("first");
  heap.block("list").bytes(32).points_to("first").points_to("second");
  heap.block("second").owns("A");
  heap.object("A");
  const LostHolder place = only_place(heap);
  REQUIRE(place.hangs_on);
  CHECK(place.hangs_on->bytes == 32);
}

TEST_CASE("a block with the handle that points to itself hangs on nothing") {
  HeapBuilder heap;
  heap.block("self").points_to("self").owns("A");
  heap.object("A");
  CHECK_FALSE(only_place(heap).hangs_on);
}

TEST_CASE("places of one kind are one, the most frequent comes first, and three are shown") {
  HeapBuilder heap;
  const auto lose = [&](const std::string& name, std::uint64_t bytes) {
    heap.block("holder of " + name).bytes(bytes).owns(name);
    heap.object(name).type("T");
  };
  lose("a", 32);
  lose("b", 48);
  lose("c", 48);
  lose("d", 64);
  lose("e", 80);
  const Finding finding = only_orphan(heap);
  CHECK(finding.instances == 5);
  REQUIRE(finding.lost_holders.size() == kShownLostHolders);
  CHECK(finding.lost_holders[0].bytes == 48);
  CHECK(finding.lost_holders[0].references == 2);
  CHECK(finding.lost_holders[1].bytes == 32);
  CHECK(finding.lost_holders[1].references == 1);
  CHECK(finding.lost_holders[2].bytes == 64);
}

TEST_CASE("one kind of block lost from two places is two") {
  HeapBuilder heap;
  heap.block("outer").bytes(96).points_to("inner");
  heap.block("inner").owns("A");
  heap.block("other").owns("B");
  heap.object("A").type("T");
  heap.object("B").type("T");
  const Finding finding = only_orphan(heap);
  REQUIRE(finding.lost_holders.size() == 2);
  CHECK(finding.lost_holders[0].hangs_on.has_value() != finding.lost_holders[1].hangs_on.has_value());
}

TEST_CASE("the path starts in the block that was lost, where its type is known") {
  HeapBuilder heap;
  heap.block("Outer").dynamic_type("Outer").points_to("Inner", "inner", 0);
  heap.block("Inner").owns("A", "job");
  heap.object("A");
  const LostHolder place = only_place(heap);
  CHECK(place.path == "Outer::inner -> Inner::job");
}

}  // namespace gordian
