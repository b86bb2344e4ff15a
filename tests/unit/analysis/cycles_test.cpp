// cycles_test.cpp - what is a cycle and what is not.
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using snapshot::SlotLog;
using testing::HeapBuilder;

TEST_CASE("an empty snapshot has no findings") {
  HeapBuilder heap;
  const Findings findings = heap.analyse();
  CHECK(findings.findings.empty());
  CHECK(findings.notes.empty());
}

TEST_CASE("the article's ring is one proved cycle of three objects") {
  HeapBuilder heap;
  heap.object("#1").type("Obj").owns("#2", "b");
  heap.object("#2").type("Obj").owns("#3", "c");
  heap.object("#3").type("Obj").owns("#1", "a");
  for (const char* observed : {"#1", "#2", "#3"}) heap.weak_slot(Place::static_data, observed, SlotLog::weak);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  const Finding& finding = findings.findings[0];
  CHECK(finding.kind == FindingKind::cycle);
  CHECK(finding.evidence == Evidence::proved);
  CHECK(finding.instances == 1);
  CHECK(finding.cycle_objects == 3);
  CHECK(finding.retained_objects == 0);
  CHECK(finding.bytes == 3 * 64);
  CHECK(finding.root);
  CHECK(findings.cycles == 1);
  CHECK(findings.objects_in_cycles == 3);
  CHECK(findings.bytes == 3 * 64);
}

TEST_CASE("the article's ring without debug info is found by counting, likely") {
  HeapBuilder heap;
  heap.object("#1").type("Obj").owns("#2");
  heap.object("#2").type("Obj").owns("#3");
  heap.object("#3").type("Obj").owns("#1");
  heap.strip();
  for (const char* observed : {"#1", "#2", "#3"}) heap.weak_slot(Place::static_data, observed, SlotLog::weak);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  CHECK(findings.findings[0].objects.front().type == "Obj");
}

TEST_CASE("a ring with one weak link is no cycle") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").sees("A", "a");
  heap.stack_slot("A");
  CHECK(heap.analyse().findings.empty());
}

TEST_CASE("an object that holds itself is a cycle of one") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].cycle_objects == 1);
  HeapBuilder twin;
  twin.object("A").sees("A", "self");
  twin.stack_slot("A");
  CHECK(twin.analyse().cycles == 0);
}

TEST_CASE("an object that holds itself through plain blocks is a cycle of one") {
  HeapBuilder heap;
  heap.object("A").points_to("function");
  heap.block("function").points_to("captures");
  heap.block("captures").owns("A");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].cycle_objects == 1);
  CHECK(findings.findings[0].bytes == findings.bytes);
}

TEST_CASE("a ring of plain blocks alone is no cycle") {
  HeapBuilder heap;
  heap.block("first").points_to("second");
  heap.block("second").points_to("first");
  CHECK(heap.analyse().findings.empty());
}

TEST_CASE("a deleter that holds its own object is a cycle") {
  HeapBuilder heap;
  heap.object("A").deleter_owns("A", "keep");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  HeapBuilder twin;
  twin.object("A").deleter_sees("A", "keep");
  twin.stack_slot("A");
  CHECK(twin.analyse().findings.empty());
}

TEST_CASE("a ring passes through a weak slot and the deleter behind it") {
  HeapBuilder heap;
  heap.object("A").sees("Gone", "gone");
  heap.object("Gone").deleter_owns("A", "a");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].cycle_objects == 2);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  CHECK(findings.objects_in_cycles == 2);
}

TEST_CASE("a ring through the deleter of an object that is not all located is likely") {
  HeapBuilder heap;
  heap.object("X").owns("Y", "y").deleter_owns("A", "a");
  heap.object("Y").owns("X").sees("X");  // one of them is strong
  heap.object("A").sees("X", "x");
  const Findings findings = heap.analyse();
  CHECK(findings.cycles == 2);
  for (const Finding& finding : findings.findings) CHECK(finding.evidence == Evidence::likely);
}

TEST_CASE("a cycle through a union's alternative is likely, and none where it was overwritten") {
  HeapBuilder heap;
  heap.object("A").may_own("A", "maybe");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  HeapBuilder beside;
  beside.object("A").owns("B", "b");
  beside.object("B").may_own("A", "maybe");
  REQUIRE(beside.analyse().cycles == 1);
  CHECK(beside.analyse().findings[0].evidence == Evidence::likely);
  HeapBuilder twin;
  twin.object("A").unlocated().overwritten("A", "maybe");
  CHECK(twin.analyse().cycles == 0);
}

TEST_CASE("a weak slot to a make_shared object passes nothing on") {
  HeapBuilder heap;
  heap.object("A").sees("B", "b");
  heap.object("B").owns("A", "a");
  heap.stack_slot("B");
  heap.slot(Place::stack, "B");
  CHECK(heap.analyse().findings.empty());
}

TEST_CASE("two cycles that share an object are one knot") {
  HeapBuilder heap;
  heap.object("Hub").owns("L", "l").owns("R", "r");
  heap.object("L").owns("Hub", "hub");
  heap.object("R").owns("Hub", "hub");
  const Findings findings = heap.analyse();
  REQUIRE(findings.cycles == 1);
  CHECK(findings.findings[0].cycle_objects == 3);
}

TEST_CASE("a cycle that holds another is root, the other is not") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a").owns("C", "c");
  heap.object("C").owns("D", "d");
  heap.object("D").owns("C", "c");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 2);
  CHECK(findings.findings[0].root != findings.findings[1].root);
  for (const Finding& finding : findings.findings) {
    CHECK(finding.root == (finding.objects.front().type == "A"));
    CHECK(finding.retained_objects == 0);
  }
}

TEST_CASE("a cycle held by an equal one keeps the finding a root") {
  HeapBuilder heap;
  heap.object("#1").type("T").owns("#2", "peer");
  heap.object("#2").type("T").owns("#1", "peer").owns("#3", "next");
  heap.object("#3").type("T").owns("#4", "peer");
  heap.object("#4").type("T").owns("#3", "peer");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 2);
  CHECK(findings.findings[0].root);
}

}  // namespace
}  // namespace gordian
