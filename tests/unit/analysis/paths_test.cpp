// paths_test.cpp - references are called what their author would call them.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;

// The first strong reference of the first finding.
FoundReference reference(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  REQUIRE_FALSE(findings.findings[0].references.empty());
  return findings.findings[0].references[0];
}

TEST_CASE("a member is called by class and field") {
  HeapBuilder heap;
  heap.object("Node").owns("Node", "next");
  const FoundReference found = reference(heap);
  CHECK(found.path == "Node::next");
  CHECK(found.member == "Node::next");
  CHECK(found.type == "std::shared_ptr<Node>");
  CHECK(found.offset == 0);
}

TEST_CASE("an element of a vector is called by its index") {
  HeapBuilder heap;
  heap.object("Tree").vector("kids", {"Leaf", "Tree"});
  heap.object("Leaf");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].references.size() == 2);
  const auto& references = findings.findings[0].references;
  CHECK(references[0].path == "Tree::kids[0]");
  CHECK(references[1].path == "Tree::kids[1]");
  CHECK(references[1].member == "Tree::kids");
}

TEST_CASE("a member of an element follows its index") {
  HeapBuilder heap;
  heap.object("Graph").vector_of("edges", "Edge", "to", {"Graph"});
  const FoundReference found = reference(heap);
  CHECK(found.path == "Graph::edges[0].to");
  CHECK(found.member == "Graph::edges");
}

TEST_CASE("a member behind a pointer follows an arrow") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Pimpl", "impl");
  heap.block("Pimpl").owns("Tree", "peer");
  CHECK(reference(heap).path == "Tree::impl -> Pimpl::peer");
}

TEST_CASE("several values behind a pointer are an array") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Pimpl", "impl");
  heap.block("Pimpl").owns("Tree", "peer").bytes(48);
  CHECK(reference(heap).path == "Tree::impl[0].peer");
}

TEST_CASE("without debug info a reference is called by its offset") {
  HeapBuilder heap;
  heap.object("Node").owns("Node");
  const FoundReference found = reference(heap);
  CHECK(found.path == "+0x400");
  CHECK_FALSE(found.member);
  CHECK_FALSE(found.type);
  CHECK(found.offset == 0x400);
}

TEST_CASE("offsets are the same whether or not the object has a block of its own") {
  HeapBuilder heap;
  heap.object("Node").owns("Node").separate();
  CHECK(reference(heap).path == "+0x400");
}

TEST_CASE("offsets are the same where nobody says that the object follows its control block") {
  HeapBuilder heap;
  heap.object("Node").owns("Node");
  heap.strip();
  Snapshot snapshot = heap.build();
  const std::string id = analyse(snapshot, heap.types()).findings.at(0).id;
  for (auto& object : snapshot.objects) object.managed = 0;
  const Findings findings = analyse(snapshot, heap.types());
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].references[0].path == "+0x400");
  CHECK(findings.findings[0].id == id);
}

TEST_CASE("a handle of one word is where it lies, and two side by side are two references") {
  HeapBuilder heap;
  const auto node = heap.announced("Node");
  const auto other = heap.announced("Other");
  heap.announced("Node").holds(node).holds(other);
  heap.announced("Other").holds(node);
  Snapshot snapshot = heap.build();
  for (auto& slot : snapshot.slots) slot.log = snapshot::SlotLog::strong;
  const Findings findings = analyse(snapshot, heap.types());
  REQUIRE(findings.findings.size() == 1);
  std::vector<std::string> places;
  for (const auto& r : findings.findings[0].references) {
    places.push_back(std::to_string(r.from) + r.path + "=" + std::to_string(r.offset));
  }
  std::sort(places.begin(), places.end());
  CHECK(places == std::vector<std::string>{"1+0x10=16", "1+0x8=8", "2+0x8=8"});
}

TEST_CASE("a way through plain blocks is a chain of offsets") {
  HeapBuilder heap;
  heap.object("Node").points_to("block");
  heap.block("block").bytes(8).owns("Node");
  CHECK(reference(heap).path == "+0x400 -> +0x0");
}

TEST_CASE("a step through a pointer to nothing that debug info knows is an offset") {
  HeapBuilder heap;
  heap.object("Tree").points_to("Pimpl", "impl");
  heap.block("Pimpl").owns("Tree", "peer").points_to("opaque", "handle");
  heap.block("opaque").bytes(24).owns("Tree");
  Word raw;
  raw.kind = WordKind::not_a_slot;  // a void*
  heap.types().set_word(heap.types().type("Pimpl"), 16, raw);
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].references.size() == 2);
  CHECK(findings.findings[0].references[1].path == "Tree::impl -> +0x10 -> +0x0");
  CHECK(findings.findings[0].references[1].member == "Tree::impl");
}

TEST_CASE("a member of a library type in an element is called by its field") {
  HeapBuilder heap;
  heap.object("Map").vector_of("rows", "std::pair<int, std::shared_ptr<Map>>", "second", {"Map"});
  CHECK(reference(heap).path == "Map::rows[0].second");
}

TEST_CASE("a plain block behind a named member keeps the name") {
  HeapBuilder heap;
  heap.object("Map").points_to("node", "root");
  heap.block("node").owns("Map");
  CHECK(reference(heap).path == "Map::root -> +0x0");
}

TEST_CASE("a field of an element that debug info does not know is called by its offset in the element") {
  HeapBuilder heap;
  heap.object("Map").vector_of("rows", "Row", "field", {"Map"});
  heap.types().set_word(heap.types().type("Row"), 16, Word());
  CHECK(reference(heap).path == "Map::rows[0]+0x8");
}

TEST_CASE("of a way through very many blocks the first steps are told, and the last") {
  HeapBuilder heap;
  heap.object("Node").points_to("0");
  for (int i = 0; i < 20; ++i) heap.block(std::to_string(i)).points_to(std::to_string(i + 1));
  heap.block("20").bytes(16).owns("Node");
  const std::string path = reference(heap).path;
  CHECK(path.starts_with("+0x400 -> +0x0 -> +0x0"));
  CHECK(path.ends_with("+0x0 -> ... -> +0x0"));
  const auto arrows = std::count(path.begin(), path.end(), '>');
  CHECK(arrows == 13);  // 12 steps, the dots, and the last one
}

TEST_CASE("what a deleter holds is called by the deleter") {
  HeapBuilder heap;
  heap.object("File").deleter_owns("File", "keep");
  CHECK(reference(heap).path == "deleter.keep");
  HeapBuilder untyped;
  untyped.object("File").deleter_owns("File");
  CHECK(reference(untyped).path == "control block +0x18");
}

TEST_CASE("a block that two objects point to gives each of them its own path") {
  HeapBuilder heap;
  heap.object("A").points_to("P", "mine").owns("B", "b");
  heap.object("B").points_to("P", "yours");
  heap.block("P").owns("A", "back");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  std::vector<std::string> paths;
  for (const auto& r : findings.findings[0].references) paths.push_back(r.path);
  CHECK(paths == std::vector<std::string>{"A::b", "A::mine -> P::back", "B::yours -> P::back"});
}

}  // namespace
}  // namespace gordian
