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

TEST_CASE("an object that is owned anyway is not mentioned for a missing owner") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.stack_slot("A");
  CHECK(heap.analyse().notes.empty());
}

}  // namespace
}  // namespace gordian
