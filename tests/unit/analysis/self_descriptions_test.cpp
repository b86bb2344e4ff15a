// self_descriptions_test.cpp - blocks that nobody points to by a type, but that say what they are: an
// exception, a coroutine's frame.
#include <algorithm>
#include <string>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::FakeTypes;
using testing::HeapBuilder;

constexpr std::uint64_t kTypeInfo = 0x600100, kResume = 0x400100;
constexpr std::uint64_t kThrown = 128;  // where an exception lies behind the C++ runtime's header

// A ring of A and a block of `bytes` that a word without a type leads to. The handle to A lies `handle` bytes
// behind the block's start, and the word at `at` is `value`.
struct Block {
  std::uint64_t bytes;
  std::uint64_t handle;
  std::uint64_t at;
  std::uint64_t value;
  bool overwritten = false;  // the handle's first half is another value's
};

Findings findings_through(HeapBuilder& heap, const Block& told) {
  heap.object("A").points_to("block");
  heap.block("block").bytes(told.bytes).owns("A");
  Snapshot snapshot = heap.build();
  const auto block = std::find_if(snapshot.blocks.begin(), snapshot.blocks.end(),
                                  [](const auto& b) { return b.object == snapshot::kNone; });
  REQUIRE(block != snapshot.blocks.end());
  for (auto& slot : snapshot.slots) slot.address = block->address + told.handle + 8;
  snapshot.pointers.push_back({block->address + told.at, told.value});
  if (!told.overwritten)
    snapshot.pointers.push_back({block->address + told.handle, snapshot.objects.at(0).managed});
  std::sort(snapshot.pointers.begin(), snapshot.pointers.end(),
            [](const auto& a, const auto& b) { return a.address < b.address; });
  return analyse(snapshot, heap.types());
}

Finding ring_through(HeapBuilder& heap, const Block& told) {
  const Findings findings = findings_through(heap, told);
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].references.size() == 1);
  return findings.findings[0];
}

// A class of 24 bytes with a handle at 8.
TypeId add_class(HeapBuilder& heap, const std::string& name, const std::string& member) {
  FakeTypes& types = heap.types();
  const TypeId type = types.type(name);
  types.set_size(type, 24);
  Word word;
  word.kind = WordKind::strong_handle;
  word.member = word.path = member;
  word.type = word.declared = "std::shared_ptr<A>";
  types.set_word(type, 16, word);
  return type;
}

Finding ring_through_exception(const Block& block) {
  HeapBuilder heap;
  heap.types().set_thrown(kTypeInfo, add_class(heap, "Error", "Error::cause"));
  return ring_through(heap, block);
}

TEST_CASE("an exception that somebody keeps is known by the type that it was thrown with") {
  const Finding finding = ring_through_exception({kThrown + 24, kThrown + 8, 16, kTypeInfo});
  CHECK(finding.evidence == Evidence::proved);
  CHECK(finding.references[0].path == "+0x400 -> Error::cause");
}

TEST_CASE("a block that an exception of that type does not fill, or does not fit in, is none") {
  for (const std::uint64_t bytes : {kThrown + 40, kThrown + 16}) {
    const Finding finding = ring_through_exception({bytes, 8, 16, kTypeInfo});
    CHECK(finding.evidence == Evidence::likely);
    CHECK(finding.references[0].path == "+0x400 -> +0x8");
  }
  CHECK(ring_through_exception({kThrown + 24, kThrown + 8, 16, kTypeInfo + 8}).evidence == Evidence::likely);
  CHECK(ring_through_exception({kThrown + 24, kThrown + 8, 24, kTypeInfo}).evidence == Evidence::likely);
}

// A ring through a coroutine that waits, with a frame of `size` bytes.
Findings findings_through_coroutine(std::uint64_t size, const Block& block) {
  HeapBuilder heap;
  const TypeId frame = add_class(heap, "serve() frame", "serve() local session");
  heap.types().set_size(frame, size);
  heap.types().set_coroutine(kResume, frame);
  return findings_through(heap, block);
}

TEST_CASE(
    "a coroutine's frame is known by the function that resumes it, which cannot say what in it is alive") {
  const Findings findings = findings_through_coroutine(24, {32, 8, 0, kResume});
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].evidence == Evidence::likely);
  CHECK(findings.findings[0].references[0].path == "+0x400 -> serve() local session");
}

TEST_CASE(
    "a local of a coroutine that has been overwritten since owns nothing, so its object has an unknown "
    "owner") {
  CHECK(findings_through_coroutine(24, {32, 8, 0, kResume, true}).findings.empty());
}

TEST_CASE("a block that is too small for a coroutine's frame is none") {
  const Findings findings = findings_through_coroutine(40, {32, 8, 0, kResume});
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].references[0].path == "+0x400 -> +0x8");
}

}  // namespace
}  // namespace gordian
