// alive_test.cpp - analysis/alive.h, by what the counts say then.
#include "analysis/alive.h"

#include <cstdint>
#include <string>

#include "analysis/heap.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using testing::HeapBuilder;

// Makes the pointer at `offset` of `holder` one of that type.
void declare(HeapBuilder& heap, const std::string& holder, std::uint64_t offset, const std::string& type) {
  const TypeId whole = heap.types().type(holder);
  Word word = heap.types().word_at(whole, offset);
  word.type = type;
  heap.types().set_word(whole, offset, word);
  heap.types().set_word(heap.types().type("control block of " + holder), testing::kHeader + offset, word);
}

// On A, of which there is a word on a stack beside as many as it has handles, or beside as many less `stale`.
ObjectCount count(HeapBuilder& heap, std::uint32_t stale = 0) {
  heap.stale_slot(Place::stack, "A");
  heap.stack_slot("B");
  Snapshot snapshot = heap.build();
  const HeapIndex before(snapshot);
  snapshot.objects[before.by_birth().front()].use_count -= stale;
  const Heap concluded(snapshot, heap.types());
  return concluded.verdicts.objects[concluded.index.by_birth().front()];
}

// A handle in Parts, which B leads to by a pointer of that type.
HeapBuilder with_parts(const std::string& pointer) {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").points_to("Parts", "parts");
  heap.block("Parts").owns("A", "a");
  declare(heap, "B", 0, pointer);
  return heap;
}

TEST_CASE("of what only a raw pointer leads to, a handle proves nothing beside more words than handles") {
  HeapBuilder raw = with_parts("Parts*");
  CHECK(count(raw).verdict == CountVerdict::undecided);
  HeapBuilder owned = with_parts("std::unique_ptr<Parts>");
  CHECK(count(owned).verdict == CountVerdict::all_known);
  HeapBuilder kept = with_parts("std::unique_ptr<Parts, Keep>");  // nobody knows what that does
  CHECK(count(kept).verdict == CountVerdict::undecided);
}

TEST_CASE("an owner that only a raw pointer leads to may be destroyed itself") {
  const auto verdict = [](const std::string& outer) {
    HeapBuilder heap;
    heap.object("A");
    heap.object("B").points_to("Outer", "outer");
    heap.block("Outer").points_to("Inner", "inner");
    heap.block("Inner").owns("A", "a");
    declare(heap, "B", 0, outer);
    declare(heap, "Outer", 0, "std::unique_ptr<Inner>");
    return count(heap).verdict;
  };
  CHECK(verdict("std::unique_ptr<Outer>") == CountVerdict::all_known);
  CHECK(verdict("Outer*") == CountVerdict::undecided);
}

// A handle whose object counts nobody knows where: its class has no count that a row names.
TEST_CASE("a handle of one word owns a block that nobody found a count in, one to a part of it proves nothing") {
  const auto verdict = [](std::uint64_t offset) {
    HeapBuilder heap;
    heap.object("A");
    heap.object("B").holds(heap.block("Parts"), "parts", offset);
    heap.block("Parts").owns("A", "a");
    heap.types().set_size(heap.types().type("Parts"), 16);
    return count(heap).verdict;
  };
  CHECK(verdict(0) == CountVerdict::all_known);
  CHECK(verdict(8) == CountVerdict::undecided);
}

TEST_CASE("a unique_ptr to one value says nothing of an array, one to an array does") {
  const auto verdict = [](const std::string& pointer) {
    HeapBuilder heap;
    heap.object("A");
    heap.object("B").points_to("Parts", "parts");
    heap.block("Parts").owns("C", "a").owns("A", "b");
    heap.types().set_size(heap.types().type("Parts"), 16);
    declare(heap, "B", 0, pointer);
    return count(heap).verdict;
  };
  CHECK(verdict("std::unique_ptr<Parts []>") == CountVerdict::all_known);
  CHECK(verdict("std::unique_ptr<Parts>") == CountVerdict::undecided);
}

TEST_CASE("beside as many handles as there must be, one that may be destroyed is") {
  HeapBuilder heap = with_parts("Parts*");
  heap.object("B").owns("A", "own");
  const ObjectCount one = count(heap, 1);
  CHECK(one.verdict == CountVerdict::all_known);
  CHECK(one.located_strong == 1);
  // Of two such, nobody knows which.
  HeapBuilder two = with_parts("Parts*");
  two.object("B").points_to("Others", "others");
  two.block("Others").owns("A", "a");
  CHECK(count(two, 1).verdict == CountVerdict::undecided);
}

// A handle in a future's result, which B leads to by a pointer of that type. In front of it are a word and, at +8, an exception or a
// handle to C.
HeapBuilder with_result(const std::string& holder, const std::string& pointer, bool exception = false) {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").type(holder).points_to("Before", "vptr").points_to("Result", "result");
  if (exception) {
    heap.block("Result").points_to("Table", "table").points_to("Exception", "error").owns("A", "a");
  } else {
    heap.block("Result").owns("C", "c").owns("A", "a");
  }
  const TypeId result = heap.types().type("Result");
  Word word = heap.types().word_at(result, 24);
  word.may_be_unmade = true;
  heap.types().set_word(result, 24, word);
  declare(heap, holder, 8, pointer);
  return heap;
}

CountVerdict verdict_alone(HeapBuilder heap) {
  heap.stack_slot("B");
  const Snapshot snapshot = heap.build();
  const Heap concluded(snapshot, heap.types());
  return concluded.verdicts.objects[concluded.index.by_birth().front()].verdict;
}

TEST_CASE("a promise that is not kept has no value, and a state that has got one may have an exception in its place") {
  const std::string state = "std::__future_base::_State_baseV2";
  const std::string promised = "std::unique_ptr<std::__future_base::_Result<P>, std::__future_base::_Result_base::_Deleter>";
  CHECK(verdict_alone(with_result("B", promised)) == CountVerdict::missing);
  CHECK(verdict_alone(with_result(state, "Result*", true)) == CountVerdict::missing);
  CHECK(verdict_alone(with_result("B", "Result*")) == CountVerdict::undecided);
  CHECK(verdict_alone(with_result(state, "Result*")) == CountVerdict::all_known);
  HeapBuilder beside = with_result(state, "Result*");
  CHECK(count(beside).verdict == CountVerdict::undecided);
}

}  // namespace
}  // namespace gordian
