// ownership_test.cpp - whoever is owned is not reported; each owner has its twin without.
#include <string>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using snapshot::SlotLog;
using testing::HeapBuilder;

HeapBuilder ring() {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  return heap;
}

bool silent(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  return findings.findings.empty() && findings.cycles == 0 && findings.bytes == 0;
}

bool finds_one_cycle(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  return findings.cycles == 1 && findings.findings.size() == 1;
}

TEST_CASE("a cycle that nobody owns is found") {
  HeapBuilder heap = ring();
  CHECK(finds_one_cycle(heap));
}

TEST_CASE("a cycle that a strong slot outside holds is owned") {
  for (const Place place : {Place::static_data, Place::thread_local_data, Place::stack, Place::registers,
                            Place::user_root, Place::owned_block}) {
    HeapBuilder heap = ring();
    heap.slot(place, "B");
    CHECK(silent(heap));
    HeapBuilder twin = ring();
    twin.weak_slot(place, "B", SlotLog::weak);
    CHECK(finds_one_cycle(twin));
  }
}

TEST_CASE("an object keeps its managed memory also where that is no block of its own") {
  HeapBuilder heap;
  heap.object("A").separate().owns("A");
  Snapshot snapshot = heap.build();
  const std::uint32_t memory = snapshot.objects.at(0).managed_block;
  snapshot.blocks.at(memory).object = snapshot::kNone;
  CHECK(analyse(snapshot, heap.types()).cycles == 1);
  snapshot.objects[0].managed_block = snapshot::kNone;
  CHECK(analyse(snapshot, heap.types()).cycles == 0);
}

TEST_CASE("a stale word outside owns nothing when all handles have a type") {
  HeapBuilder heap = ring();
  heap.stale_slot(Place::stack, "A");
  CHECK(finds_one_cycle(heap));
}

TEST_CASE("a word outside that may be strong owns") {
  HeapBuilder heap;
  heap.object("A").owns("B");
  heap.object("B").owns("A");
  heap.stale_slot(Place::stack, "A");
  CHECK(silent(heap));
  HeapBuilder twin;
  twin.object("A").owns("B");
  twin.object("B").owns("A");
  CHECK(finds_one_cycle(twin));
}

TEST_CASE("an owned object owns what it holds, through plain blocks too") {
  HeapBuilder heap;
  heap.object("Owner").points_to("node");
  heap.block("node").owns("A");
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  heap.stack_slot("Owner");
  CHECK(silent(heap));
}

TEST_CASE("an owned pointer keeps an object whose deleter may do nothing, and no other") {
  HeapBuilder heap;
  heap.object("A").adopted().owns("A", "self");
  heap.object("Owner").refers_to("A");
  heap.stack_slot("Owner");
  CHECK(silent(heap));
  HeapBuilder twin;
  twin.object("A").separate().owns("A", "self");
  twin.object("Owner").refers_to("A");
  twin.stack_slot("Owner");
  CHECK(finds_one_cycle(twin));
}

TEST_CASE("a pointer to an adopted object makes no cycle") {
  HeapBuilder heap;
  heap.object("A").adopted().owns("B", "b");
  heap.object("B").refers_to("A");
  const Findings findings = heap.analyse();
  CHECK(findings.cycles == 0);
}

TEST_CASE("a weak slot in an owned object owns no object") {
  HeapBuilder heap = ring();
  heap.object("Owner").sees("A", "a");
  heap.stack_slot("Owner");
  CHECK(finds_one_cycle(heap));
}

TEST_CASE("a weak slot in owned memory keeps what the deleter holds") {
  const auto build = [](bool watched) {
    HeapBuilder heap;
    heap.object("A").owns("B", "b");
    heap.object("B").owns("A", "a");
    heap.object("Gone").deleter_owns("A", "a");
    if (watched) {
      heap.weak_slot(Place::static_data, "Gone", SlotLog::weak);
    } else {
      heap.object("A").sees("Gone", "gone");
    }
    return heap;
  };
  HeapBuilder heap = build(true);
  CHECK(silent(heap));
  HeapBuilder twin = build(false);
  CHECK(finds_one_cycle(twin));
}

TEST_CASE("an owner that lies nowhere counts as one, and is mentioned") {
  HeapBuilder heap = ring();
  heap.object("A").unlocated();
  const Findings findings = heap.analyse();
  CHECK(findings.findings.empty());
  REQUIRE(findings.notes.size() == 1);
  CHECK(findings.notes[0].starts_with("1 object is held by owners that gordian could not locate"));
}

TEST_CASE("a cycle below an object with an unknown owner is owned") {
  HeapBuilder heap = ring();
  heap.object("Owner").owns("A", "a").unlocated().seen();
  CHECK(silent(heap));
}

TEST_CASE("more words than handles in candidates alone still count as an owner") {
  HeapBuilder heap;
  heap.object("A").owns("B").stale("B");
  heap.object("B").owns("A");
  const Findings findings = heap.analyse();
  CHECK(findings.findings.empty());
  REQUIRE(findings.notes.size() == 1);
  CHECK(findings.notes[0].starts_with("1 object has more possible references than owners"));
}

TEST_CASE("words of which nothing is known but that all are handles are a cycle, likely") {
  HeapBuilder heap;
  heap.object("A").owns("B").sees("B");
  heap.object("B").owns("A");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  HeapBuilder twin;
  twin.object("A").owns("B").sees("B");
  twin.object("B").owns("A");
  twin.weak_slot(Place::static_data, "B", SlotLog::none);  // may be the strong one
  CHECK(silent(twin));
}

TEST_CASE("without types or log, an object's word for itself is taken for its weak handle") {
  HeapBuilder heap;
  heap.object("A").owns("B").sees("A");  // enable_shared_from_this
  heap.object("B").owns("A");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  CHECK(findings.findings[0].cuts.size() == 2);
  CHECK(findings.findings[0].cuts[0].breaks_all);
}

TEST_CASE("a raw pointer to an object owns nothing") {
  HeapBuilder heap = ring();
  heap.object("A").seen();
  CHECK(finds_one_cycle(heap));
}

bool accepts_all(const Findings& findings, std::size_t count) {
  bool all = findings.findings.size() == count;
  for (const Finding& finding : findings.findings) {
    all = all && finding.accepted && finding.accepted->by == AcceptedBy::program;
  }
  return all;
}

TEST_CASE("a cycle that the program ignores, with what hangs on it, is found and accepted") {
  HeapBuilder heap = ring();
  heap.object("B").owns("D", "d").ignored();
  heap.object("D").owns("D", "self");
  CHECK(accepts_all(heap.analyse(), 2));
  HeapBuilder twin = ring();  // D, which holds the ring, is not ignored
  twin.object("D").owns("D", "self").owns("A", "a");
  twin.object("A").ignored();
  const Findings findings = twin.analyse();
  REQUIRE(findings.findings.size() == 2);
  CHECK((findings.findings[0].accepted.has_value() != findings.findings[1].accepted.has_value()));
}

TEST_CASE("what an ignored block points to is accepted, through plain blocks and from a lost handle") {
  HeapBuilder heap = ring();
  heap.block("registry").points_to("list").ignored();
  heap.block("list").owns("A").owns("lost");
  heap.object("lost");
  CHECK(accepts_all(heap.analyse(), 2));
  HeapBuilder twin = ring();
  twin.block("registry").points_to("list");
  twin.block("list").owns("A").owns("lost").points_to("end");
  twin.block("end").ignored();
  const Findings findings = twin.analyse();
  REQUIRE(findings.findings.size() == 2);
  CHECK_FALSE(findings.findings[0].accepted);
  CHECK_FALSE(findings.findings[1].accepted);
}

TEST_CASE("of two equal cycles the one that is ignored is a finding of its own") {
  HeapBuilder heap;
  for (const char* name : {"1", "2", "3"}) {
    const std::string self(name);
    heap.object(self).type("Loop").owns(self, "self");
  }
  heap.object("2").ignored();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 2);
  for (const Finding& finding : findings.findings) {
    CHECK(finding.id == findings.findings[0].id);
    CHECK(finding.instances == (finding.accepted ? 1 : 2));
  }
}

TEST_CASE("what an owner holds is no finding, ignored or not") {
  HeapBuilder heap = ring();
  heap.object("A").ignored();
  heap.stack_slot("A");
  CHECK(silent(heap));
}

}  // namespace
}  // namespace gordian
