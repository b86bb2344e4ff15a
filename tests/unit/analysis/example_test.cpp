// example_test.cpp - the instance that is shown: which one, in what order, and how much of it.
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;
using testing::Ref;

std::vector<std::string> types_shown(const Finding& finding) {
  std::vector<std::string> types;
  for (const auto& object : finding.objects) types.push_back(object.type);
  return types;
}

TEST_CASE("a cycle is shown from its first-born round, along strong references") {
  HeapBuilder heap;
  heap.object("B");  // first
  heap.object("A").owns("B", "b");
  heap.object("C").owns("A", "a");
  heap.object("B").owns("C", "c");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(types_shown(findings.findings[0]) == std::vector<std::string>{"B", "C", "A"});
}

TEST_CASE("the shortest way round comes first, the rest of the knot after it") {
  HeapBuilder heap;
  heap.object("A").owns("Long", "a_long").owns("Short", "short");
  heap.object("Long").owns("Way", "way");
  heap.object("Way").owns("A", "a");
  heap.object("Short").owns("A", "a");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(types_shown(findings.findings[0]) == std::vector<std::string>{"A", "Short", "Long", "Way"});
}

TEST_CASE("the first-born instance is the example") {
  HeapBuilder heap;
  heap.object("#1").type("T").owns("#1", "self").owns("Retained", "r");
  heap.object("#2").type("T").owns("#2", "self");
  heap.lay_out_backwards();
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].retained_objects == 1);
}

TEST_CASE("two runs with other addresses give the same example") {
  const auto build = [](bool backwards) {
    HeapBuilder heap;
    heap.object("A").owns("B", "b").owns("C", "c");
    heap.object("B").owns("A", "a").owns("C", "c");
    heap.object("C").owns("A", "a").owns("B", "b");
    if (backwards) heap.lay_out_backwards();
    return heap.analyse();
  };
  const Findings one = build(false), other = build(true);
  REQUIRE(one.findings.size() == 1);
  REQUIRE(other.findings.size() == 1);
  CHECK(types_shown(one.findings[0]) == types_shown(other.findings[0]));
  REQUIRE(one.findings[0].references.size() == other.findings[0].references.size());
  for (std::size_t i = 0; i < one.findings[0].references.size(); ++i) {
    CHECK(one.findings[0].references[i].path == other.findings[0].references[i].path);
  }
  REQUIRE(one.findings[0].cuts.size() == other.findings[0].cuts.size());
  for (std::size_t i = 0; i < one.findings[0].cuts.size(); ++i) {
    CHECK(one.findings[0].cuts[i].reason == other.findings[0].cuts[i].reason);
  }
}

TEST_CASE("twelve objects are shown, and how many are not is said") {
  HeapBuilder heap;
  std::vector<Ref> ring;
  for (int i = 0; i < 15; ++i) ring.push_back(heap.add_object("T" + std::to_string(i)));
  for (std::size_t i = 0; i < ring.size(); ++i) ring[i].owns(ring[(i + 1) % ring.size()], "next");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].objects.size() == 12);
  CHECK(findings.findings[0].omitted == 3);
  CHECK(findings.findings[0].references.size() == 11);
}

TEST_CASE("of many references those round the cycle are kept") {
  HeapBuilder heap;
  std::vector<Ref> all;
  for (int i = 0; i < 8; ++i) all.push_back(heap.add_object("T" + std::to_string(i)));
  for (auto& from : all) {
    for (auto& to : all) from.owns(to, "m" + std::to_string(to.index()));
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].references.size() == 24);
  for (std::uint32_t id = 1; id <= 8; ++id) {
    CHECK(std::any_of(findings.findings[0].references.begin(), findings.findings[0].references.end(),
                      [&](const FoundReference& r) { return r.from == id && r.to == id % 8 + 1; }));
  }
}

TEST_CASE("weak references between shown objects are shown as weak") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a").sees("A", "observed");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  const auto& references = findings.findings[0].references;
  REQUIRE(references.size() == 3);
  CHECK(references[2].path == "B::observed");
  CHECK(references[2].strength == Strength::weak);
  CHECK(findings.findings[0].objects[0].weak_count == 1);
}

TEST_CASE("an object is described by its counts and blocks") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").separate().bytes(100);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  const FoundObject& object = findings.findings[0].objects[0];
  CHECK(object.id == 1);
  CHECK(object.size == 124);
  CHECK(object.use_count == 1);
  CHECK(object.located_strong == 1);
  CHECK(object.role == Role::cycle);
  CHECK(object.address != 0);
}

TEST_CASE("an announced object was made where its block was allocated, or else where it was announced") {
  HeapBuilder heap;
  heap.announced("A").dynamic_type("A").made_at(0x100).holds("A", "self");
  Snapshot snapshot = heap.build();
  const auto stack_shown = [&] {
    const Findings findings = analyse(snapshot, heap.types());
    REQUIRE(findings.findings.size() == 1);
    return findings.findings[0].objects[0];
  };
  CHECK(snapshot.stack(stack_shown().stack).front() == 0x100);
  CHECK(stack_shown().announced_there);
  snapshot.frames.push_back(0x200);
  snapshot.stacks.push_back({static_cast<std::uint32_t>(snapshot.frames.size() - 1), 1});
  snapshot.blocks[0].stack = static_cast<std::uint32_t>(snapshot.stacks.size() - 1);
  CHECK(snapshot.stack(stack_shown().stack).front() == 0x200);
  CHECK_FALSE(stack_shown().announced_there);
  snapshot.blocks[0].stack = 0;
  snapshot.objects[0].stack = 0;
  CHECK_FALSE(stack_shown().announced_there);
}

}  // namespace
}  // namespace gordian
