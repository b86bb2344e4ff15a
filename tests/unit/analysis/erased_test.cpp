// erased_test.cpp - what a std::function, a std::any and their like hold is told by the code that they point
// to.
#include <algorithm>
#include <string>
#include <vector>

#include "analysis/heap.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::FakeTypes;
using testing::HeapBuilder;
using testing::kHeader;

constexpr std::uint64_t kCode = 0x400100, kOtherCode = 0x400200;

Word erased_word(std::uint32_t at, const ErasedPlace& place) {
  Word word;
  word.kind = WordKind::erased;
  word.member = word.path = "A::callback";
  word.erased = place;
  word.erased.at = at;
  return word;
}

Word captured(WordKind kind, const std::string& name, const std::string& type) {
  Word word;
  word.kind = kind;
  word.member = word.path = "captured " + name;
  word.type = word.declared = type;
  return word;
}

// A holder at the start of A: a buffer of two words, and two pointers behind it, which by default lead to the
// code.
struct BufferHolder {
  ErasedPlace place{0, 16, false, {16, 24}, -1};
  std::uint64_t third = kCode, fourth = kCode;
};

// To be called when the rest of the heap is told: it replaces the builder's own words.
Snapshot with_holder(HeapBuilder& heap, const BufferHolder& holder) {
  heap.object("A").bytes(64);
  Snapshot snapshot = heap.build();
  const std::uint64_t start = snapshot.objects.at(0).managed;
  for (std::uint32_t at = 0; at < 16; at += 8)
    heap.types().set_word(heap.types().type("control block of A"), kHeader + at,
                          erased_word(at, holder.place));
  snapshot.pointers.push_back({start + 16, holder.third == 0 ? start : holder.third});
  snapshot.pointers.push_back({start + 24, holder.fourth == 0 ? start : holder.fourth});
  std::sort(snapshot.pointers.begin(), snapshot.pointers.end(),
            [](const auto& a, const auto& b) { return a.address < b.address; });
  return snapshot;
}

// What kCode was made for: a lambda that captured a handle to A, in its second half.
void make_lambda(FakeTypes& types, std::uint64_t size) {
  const TypeId lambda = types.type("lambda");
  types.set_size(lambda, size);
  types.set_word(lambda, 8, captured(WordKind::strong_handle, "self", "std::shared_ptr<A>"));
  types.set_erased(kCode, lambda);
  const TypeId other = types.type("other lambda");
  types.set_size(other, size);
  types.set_erased(kOtherCode, other);
}

struct Told {
  Evidence evidence;
  std::string path;
};

Told only_reference(const Snapshot& snapshot, HeapBuilder& heap) {
  const Findings findings = analyse(snapshot, heap.types());
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].references.size() == 1);
  return {findings.findings[0].evidence, findings.findings[0].references[0].path};
}

// A ring through a handle that lies in the holder's buffer.
Told with_handle_in_buffer(const BufferHolder& holder) {
  HeapBuilder heap;
  heap.object("A").owns("A", "callback");
  make_lambda(heap.types(), 16);
  return only_reference(with_holder(heap, holder), heap);
}

TEST_CASE("a handle that a callback keeps in its own buffer is known by the code that made it") {
  const Told told = with_handle_in_buffer({});
  CHECK(told.evidence == Evidence::proved);
  CHECK(told.path == "A::callback -> captured self");
}

TEST_CASE("code that was made for two types, or for none that is known, does not say what a callback holds") {
  BufferHolder folded;
  folded.fourth = kOtherCode;
  CHECK(with_handle_in_buffer(folded).evidence == Evidence::likely);
  BufferHolder unknown;
  unknown.third = unknown.fourth = kCode + 8;
  CHECK(with_handle_in_buffer(unknown).evidence == Evidence::likely);
  CHECK(with_handle_in_buffer(unknown).path == "A::callback");
}

TEST_CASE("what is larger than the buffer does not lie in it") {
  BufferHolder holder;
  holder.place.room = 8;
  CHECK(with_handle_in_buffer(holder).evidence == Evidence::likely);
}

TEST_CASE("a holder that keeps only plain bytes in its buffer has no handle there") {
  BufferHolder holder;
  holder.place.trivial = true;
  CHECK(with_handle_in_buffer(holder).evidence == Evidence::likely);
}

TEST_CASE(
    "a holder that points to itself has its object in its buffer, and one that points elsewhere has not") {
  BufferHolder holder;
  holder.place.code = {16, 16};
  holder.place.self = 24;
  holder.fourth = 0;  // the buffer
  CHECK(with_handle_in_buffer(holder).evidence == Evidence::proved);
  holder.fourth = kCode;
  CHECK(with_handle_in_buffer(holder).evidence == Evidence::likely);
}

// A has a handle of which nothing is known, and in the callback's buffer two words that look like another.
std::size_t findings_with_plain_capture(const BufferHolder& holder) {
  HeapBuilder heap;
  heap.object("A").stale("A", "callback").owns("A");
  FakeTypes& types = heap.types();
  make_lambda(types, 16);
  const TypeId lambda = types.type("lambda");
  types.set_word(lambda, 0, captured(WordKind::pointer, "this", "A*"));
  types.set_word(lambda, 8, captured(WordKind::not_a_slot, "number", "long"));
  return analyse(with_holder(heap, holder), types).findings.size();
}

TEST_CASE("a number in a callback's buffer is no owner, once the code says that it is one") {
  BufferHolder holder;
  holder.place.trivial = true;
  CHECK(findings_with_plain_capture(holder) == 1);
  holder.fourth = kOtherCode;
  CHECK(findings_with_plain_capture(holder) == 0);
}

// A ring through a handle in a block of `bytes` that the callback leads to.
Told with_handle_in_block(std::uint64_t bytes, const BufferHolder& holder) {
  HeapBuilder heap;
  heap.object("A").points_to("captures", "callback");
  heap.block("captures").bytes(bytes).owns("A");
  make_lambda(heap.types(), 24);
  return only_reference(with_holder(heap, holder), heap);
}

TEST_CASE("what is too large for a callback's buffer lies in a block of its own") {
  const Told told = with_handle_in_block(24, {});
  CHECK(told.evidence == Evidence::proved);
  CHECK(told.path == "A::callback -> captured self");
}

TEST_CASE("a block of another size is not what a callback holds, nor is one that unknown code leads to") {
  CHECK(with_handle_in_block(32, {}).evidence == Evidence::likely);
  BufferHolder unknown;
  unknown.third = unknown.fourth = kCode + 8;
  CHECK(with_handle_in_block(24, unknown).evidence == Evidence::likely);
}

TEST_CASE("a block that a callback's object may lie in leaves open whether it lies in the buffer") {
  HeapBuilder heap;
  heap.object("A").points_to("captures", "callback").owns("A", "second half");
  heap.block("captures").bytes(16);
  make_lambda(heap.types(), 16);
  Snapshot snapshot = with_holder(heap, {});
  // The handle lies in the buffer's second word, and the word before leads to a block as large as a lambda.
  const std::uint64_t start = snapshot.objects.at(0).managed;
  for (auto& slot : snapshot.slots) slot.address = start + 8;
  const Told told = only_reference(snapshot, heap);
  CHECK(told.evidence == Evidence::likely);
  CHECK(told.path == "A::callback");
}

}  // namespace
}  // namespace gordian
