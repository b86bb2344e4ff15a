// structure_test.cpp - what is told of a cycle that is too large to be shown.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;
using testing::Ref;

Structure structure_of(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].structure);
  return *findings.findings[0].structure;
}

// A ring of `length` nodes.
std::vector<Ref> add_ring(HeapBuilder& heap, std::size_t length) {
  std::vector<Ref> nodes;
  for (std::size_t i = 0; i < length; ++i) nodes.push_back(heap.add_object("Node"));
  for (std::size_t i = 0; i < length; ++i) nodes[i].owns(nodes[(i + 1) % length], "next");
  return nodes;
}

TEST_CASE("a cycle whose objects are all shown needs no structure") {
  HeapBuilder heap;
  add_ring(heap, 12);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK_FALSE(findings.findings[0].structure);
}

TEST_CASE("a long ring is one member, and its shortest cycle is the whole of it") {
  HeapBuilder heap;
  add_ring(heap, 100);
  const Structure structure = structure_of(heap);
  REQUIRE(structure.members.size() == 1);
  CHECK(structure.members_in_all == 1);
  const ClosingMember& next = structure.members[0];
  CHECK(next.path == "Node::next");
  CHECK(next.from_type == "Node");
  CHECK(next.to_type == "Node");
  CHECK(next.references == 100);
  CHECK(next.shortest_references == 100);
  CHECK(next.shortest.size() == 8);
  CHECK(structure.hubs.empty());
}

TEST_CASE("each member is told with the shortest cycle through it, those with most references first") {
  // A ring, in which each node also holds the one before it, and one of them itself.
  HeapBuilder heap;
  auto nodes = add_ring(heap, 50);
  for (std::size_t i = 1; i < nodes.size(); ++i) nodes[i].owns(nodes[i - 1], "previous");
  nodes[7].owns(nodes[7], "self");
  const Structure structure = structure_of(heap);
  REQUIRE(structure.members.size() == 3);
  CHECK(structure.members[0].path == "Node::next");
  CHECK(structure.members[0].shortest == std::vector<std::string>{"Node::next", "Node::previous"});
  CHECK(structure.members[1].path == "Node::previous");
  CHECK(structure.members[1].references == 49);
  CHECK(structure.members[1].shortest == std::vector<std::string>{"Node::previous", "Node::next"});
  CHECK(structure.members[2].path == "Node::self");
  CHECK(structure.members[2].shortest_references == 1);
}

TEST_CASE("an object that all others hold is a hub") {
  HeapBuilder heap;
  const Ref document = heap.add_object("Document");
  for (int i = 0; i < 40; ++i) {
    const Ref page = heap.add_object("Page").owns(document, "document");
    Ref(document).owns(page, "page" + std::to_string(i));
  }
  const Structure structure = structure_of(heap);
  CHECK(structure.members_in_all == 41);
  CHECK(structure.members.size() == 6);
  CHECK(structure.members[0].path == "Page::document");
  REQUIRE(structure.hubs.size() == 1);
  CHECK(structure.hubs[0].type == "Document");
  CHECK(structure.hubs[0].held == 40);
  CHECK(structure.hubs[0].holds == 40);
}

TEST_CASE("of several hubs the one with the most references comes first") {
  HeapBuilder heap;
  const Ref index = heap.add_object("Index");
  const Ref document = heap.add_object("Document");
  const Ref archive = heap.add_object("Archive");
  Ref(document).owns(index, "index").owns(archive, "archive");
  Ref(archive).owns(document, "document");
  for (int i = 0; i < 30; ++i) {
    const Ref page = heap.add_object("Page").owns(document, "document");
    if (i < 20) Ref(page).owns(archive, "archive");
    Ref(index).owns(page, "page" + std::to_string(i));
  }
  const Structure structure = structure_of(heap);
  REQUIRE(structure.hubs.size() == 3);
  CHECK(structure.hubs[0].type == "Document");
  CHECK(structure.hubs[0].held == 31);
  CHECK(structure.hubs[1].type == "Index");
  CHECK(structure.hubs[1].holds == 30);
  CHECK(structure.hubs[2].type == "Archive");
  CHECK(structure.hubs[2].held == 21);
}

TEST_CASE("references that leave the cycle are none of its members") {
  HeapBuilder heap;
  auto nodes = add_ring(heap, 20);
  nodes[3].owns(heap.add_object("Leaf"), "leaf");
  const Structure structure = structure_of(heap);
  CHECK(structure.members_in_all == 1);
}

}  // namespace
}  // namespace gordian
