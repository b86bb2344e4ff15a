// holders_test.cpp - retained objects, orphans, and whose bytes they are.
#include <algorithm>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using testing::HeapBuilder;

HeapBuilder ring_with_tail() {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a").owns("C", "c");
  heap.object("C").owns("D", "d");
  heap.object("D").bytes(1000);
  return heap;
}

TEST_CASE("what a cycle holds is retained, counted and shown after it") {
  HeapBuilder heap = ring_with_tail();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  const Finding& finding = findings.findings[0];
  CHECK(finding.cycle_objects == 2);
  CHECK(finding.retained_objects == 2);
  CHECK(finding.bytes == 3 * 64 + 1016);
  CHECK(findings.objects_in_cycles == 2);
  CHECK(findings.objects_retained == 2);
  REQUIRE(finding.objects.size() == 4);
  CHECK(finding.objects[2].type == "C");
  CHECK(finding.objects[2].role == Role::retained);
  CHECK(finding.objects[3].type == "D");
  CHECK(finding.omitted == 0);
}

TEST_CASE("what a cycle holds and somebody else owns is not retained") {
  HeapBuilder heap = ring_with_tail();
  heap.stack_slot("C");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].retained_objects == 0);
  CHECK(findings.bytes == 2 * 64);
}

TEST_CASE("plain blocks that only a cycle holds count in its bytes") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").points_to("buffer");
  heap.block("buffer").bytes(4096);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].bytes == findings.bytes);
  CHECK(findings.bytes >= 4096 + 64);
}

TEST_CASE("an object retained by one cycle that closes another by its deleter is in both, and counted once") {
  HeapBuilder heap;
  heap.object("C").owns("C", "self").owns("X", "x");
  heap.object("X").deleter_owns("A", "a");
  heap.object("A").sees("X", "x");
  const Findings findings = heap.analyse();
  CHECK(findings.cycles == 2);
  CHECK(findings.objects_in_cycles == 3);
  CHECK(findings.objects_retained == 0);
  for (const Finding& finding : findings.findings) {
    CHECK(finding.objects.size() == 2);
    CHECK(finding.omitted == 0);
  }
}

TEST_CASE("what two equal cycles share counts once, and to their finding") {
  HeapBuilder heap;
  for (const char* name : {"#1", "#2"})
    heap.object(name).type("T").owns(name, "self").owns("Shared", "shared");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 2);
  CHECK(findings.findings[0].bytes == 3 * 64);
  CHECK(findings.objects_retained == 1);
}

TEST_CASE("what two different cycles share counts once, in the total alone") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").owns("Shared", "shared");
  heap.object("B").owns("B", "self").owns("Shared", "shared");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 2);
  CHECK(findings.findings[0].bytes == 64);
  CHECK(findings.findings[1].bytes == 64);
  CHECK(findings.bytes == 3 * 64);
  CHECK(findings.objects_retained == 1);
}

TEST_CASE("a reference lost in a leaked block is a proved orphan, no cycle") {
  HeapBuilder heap;
  heap.block("leaked new shared_ptr").owns("A");
  heap.object("A").owns("B", "b");
  heap.object("B");
  const Findings findings = heap.analyse();
  CHECK(findings.cycles == 0);
  CHECK(findings.orphans == 1);
  REQUIRE(findings.findings.size() == 1);
  const Finding& finding = findings.findings[0];
  CHECK(finding.kind == FindingKind::orphan);
  CHECK(finding.evidence == Evidence::proved);
  CHECK(finding.cycle_objects == 0);
  CHECK(finding.retained_objects == 1);
  CHECK(finding.objects.front().type == "A");
  CHECK(finding.objects.front().role == Role::orphan);
  CHECK(finding.cuts.empty());
  CHECK(findings.objects_retained == 0);
  CHECK(findings.bytes == 2 * 64);
  REQUIRE(finding.lost_holders.size() == 1);
  CHECK(finding.lost_holders[0].bytes == 16);
  CHECK(finding.lost_holders[0].offset == 8);
  CHECK(finding.lost_holders[0].path.empty());
  CHECK_FALSE(finding.lost_holders[0].hangs_on);
  CHECK(finding.lost_holders[0].references == 1);
}

TEST_CASE("an object whose owner lies nowhere and that nobody sees is an orphan, likely") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].kind == FindingKind::orphan);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  CHECK(findings.findings[0].lost_holders.empty());
  CHECK(findings.notes.empty());
}

TEST_CASE("an object whose owner lies nowhere but that somebody sees is owned") {
  HeapBuilder heap;
  heap.object("A").unlocated().seen();
  const Findings findings = heap.analyse();
  CHECK(findings.findings.empty());
  CHECK(findings.notes.size() == 1);
  HeapBuilder twin;
  twin.object("A").unlocated();
  twin.stack_slot("A");
  CHECK(twin.analyse().findings.empty());
}

TEST_CASE("no cycle is reported below a likely orphan, which retains it") {
  HeapBuilder heap;
  heap.object("Lost").unlocated().owns("A", "a");
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  const Findings findings = heap.analyse();
  CHECK(findings.cycles == 0);
  CHECK(findings.orphans == 1);
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].retained_objects == 2);
}

TEST_CASE("an orphan that a cycle holds too is retained, not an orphan") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").owns("B", "b");
  heap.block("leaked").owns("B");
  const Findings findings = heap.analyse();
  CHECK(findings.orphans == 0);
  CHECK(findings.objects_retained == 1);
}

TEST_CASE("orphans of one type are one finding, lost ones and located ones apart") {
  HeapBuilder heap;
  heap.block("1").owns("#1");
  heap.block("2").owns("#2");
  for (const char* name : {"#1", "#2"}) heap.object(name).type("T");
  heap.object("#3").type("T").unlocated();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 2);
  CHECK(findings.orphans == 3);
  CHECK(findings.findings[0].instances == 2);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.findings[1].evidence == Evidence::likely);
  CHECK(findings.findings[0].id != findings.findings[1].id);
}

TEST_CASE("an expired control block that nobody holds is no finding") {
  HeapBuilder heap;
  heap.object("Gone").seen_handles(1);
  CHECK(heap.analyse().findings.empty());
}

TEST_CASE("cycles come before orphans, larger ones first") {
  HeapBuilder heap;
  heap.block("leaked").owns("Lost");
  heap.object("Lost").bytes(100000);
  heap.object("Small").owns("Small", "self");
  heap.object("Large").owns("Large", "self").bytes(5000);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 3);
  CHECK(findings.findings[0].objects[0].type == "Large");
  CHECK(findings.findings[1].objects[0].type == "Small");
  CHECK(findings.findings[2].kind == FindingKind::orphan);
}

}  // namespace
}  // namespace gordian
