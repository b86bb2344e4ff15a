// notes_test.cpp - what limited the verdict is said, and nothing when nothing did.
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;

std::string only_note(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.notes.size() == 1);
  return findings.notes[0];
}

TEST_CASE("the runtime's notes are left to those who word them") {
  HeapBuilder heap;
  heap.note(snapshot::NoteKind::thread_not_paused, 1);
  CHECK(heap.analyse().notes.empty());
}

TEST_CASE("each object with an unknown owner is counted") {
  HeapBuilder heap;
  heap.object("A").unlocated().seen();
  heap.object("B").unlocated().seen();
  CHECK(only_note(heap) ==
        "2 objects are held by owners that gordian could not locate (a register, a local variable the "
        "optimiser keeps nowhere, a pointer packed into bits); they count as owned");
}

TEST_CASE("an object with more references by their types than it counts is owned, and said to be") {
  HeapBuilder heap;
  heap.object("A").owns("A", "a").sees_logged_as_strong_type("A", "w");
  Snapshot snapshot = heap.build();
  CHECK(analyse(snapshot, heap.types()).findings.size() == 1);
  CHECK(analyse(snapshot, heap.types()).notes.empty());
  for (auto& slot : snapshot.slots) slot.log = snapshot::SlotLog::none;  // two strong ones by their types
  const Findings findings = analyse(snapshot, heap.types());
  CHECK(findings.findings.empty());
  CHECK(findings.notes ==
        std::vector<std::string>{
            "1 object has more strong references in memory than its count says; it counts as owned"});
}

TEST_CASE("an object that is owned anyway is not mentioned for a missing owner") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.stack_slot("A");
  CHECK(heap.analyse().notes.empty());
}

}  // namespace
}  // namespace gordian
