// shape_test.cpp - which cycles are one finding, and that its id stays.
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;
using testing::Ref;

void add_ring(HeapBuilder& heap, std::size_t length, const std::string& type, const std::string& member) {
  std::vector<Ref> nodes;
  for (std::size_t i = 0; i < length; ++i) nodes.push_back(heap.add_object(type));
  for (std::size_t i = 0; i < length; ++i) nodes[i].owns(nodes[(i + 1) % length], member);
}

std::string only_id(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  return findings.findings[0].id;
}

TEST_CASE("rings of different lengths through one member are one finding") {
  HeapBuilder heap;
  add_ring(heap, 3, "Node", "next");
  add_ring(heap, 5, "Node", "next");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 2);
  CHECK(findings.findings[0].cycle_objects == 3);
  CHECK(findings.objects_in_cycles == 8);
}

TEST_CASE("doubly linked lists of all lengths are one finding") {
  HeapBuilder heap;
  for (const std::size_t length : {2u, 3u, 4u, 7u}) {
    std::vector<Ref> nodes;
    for (std::size_t i = 0; i < length; ++i) nodes.push_back(heap.add_object("Node"));
    for (std::size_t i = 0; i + 1 < length; ++i) {
      nodes[i].owns(nodes[i + 1], "next");
      nodes[i + 1].owns(nodes[i], "previous");
    }
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 4);
}

TEST_CASE("another type or another member is another finding") {
  HeapBuilder heap;
  add_ring(heap, 2, "Node", "next");
  add_ring(heap, 2, "Node", "previous");
  add_ring(heap, 2, "Other", "next");
  CHECK(heap.analyse().findings.size() == 3);
}

TEST_CASE("the index of an element does not matter") {
  HeapBuilder heap;
  heap.object("#1").type("Tree").vector("kids", {"#1"});
  heap.object("#2").type("Tree").vector("kids", {"Leaf", "#2"});
  CHECK(heap.analyse().findings.size() == 1);
}

TEST_CASE("what a cycle retains does not matter") {
  HeapBuilder plain, tailed;
  plain.object("A").owns("A", "self");
  tailed.object("A").owns("A", "self").owns("B", "b");
  CHECK(only_id(plain) == only_id(tailed));
}

TEST_CASE("an id has no addresses, births or counts in it") {
  HeapBuilder one, backwards;
  one.object("A").owns("B", "b");
  one.object("B").owns("A", "a");
  backwards.object("B").owns("A", "a");
  backwards.object("A").owns("B", "b");
  backwards.lay_out_backwards();
  CHECK(only_id(one) == only_id(backwards));
}

TEST_CASE("without debug info too, make_shared and new give the same id") {
  const auto build = [](bool separate) {
    HeapBuilder heap;
    heap.object("A").owns("B");
    heap.object("B").points_to("block");
    heap.block("block").owns("A");
    heap.strip();
    if (separate) heap.object("B").separate();
    return heap;
  };
  HeapBuilder in_place = build(false), separate = build(true);
  CHECK(only_id(in_place) == only_id(separate));
}

TEST_CASE("an id is eight hex digits, and these for ever") {
  HeapBuilder heap;
  add_ring(heap, 3, "Node", "next");
  CHECK(only_id(heap) == "98a92308");
}

TEST_CASE("a thousand equal cycles are one finding") {
  HeapBuilder heap;
  for (int i = 0; i < 1000; ++i) add_ring(heap, 2, "Node", "peer");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 1000);
  CHECK(findings.findings[0].cycle_objects == 2);
  CHECK(findings.findings[0].bytes == 2000 * 64);
  CHECK(findings.cycles == 1000);
}

}  // namespace
}  // namespace gordian
