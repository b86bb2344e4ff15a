// tails_test.cpp - which member of a cycle holds how much of what hangs on it.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;

std::vector<Tail> tails_of(HeapBuilder& heap) {
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  return findings.findings[0].tails;
}

TEST_CASE("a cycle that holds nothing else has no tails") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b");
  heap.object("B").owns("A", "a");
  CHECK(tails_of(heap).empty());
}

TEST_CASE("each member that holds something is a tail with all below it, the largest first") {
  HeapBuilder heap;
  heap.object("A").owns("B", "b").owns("Small", "small");
  heap.object("B").owns("A", "a").owns("Large", "large");
  heap.object("Large").owns("Below", "below").bytes(1000);
  heap.object("Below").bytes(500);
  const auto tails = tails_of(heap);
  REQUIRE(tails.size() == 2);
  CHECK(tails[0].path == "B::large");
  CHECK(tails[0].type == "Large");
  CHECK(tails[0].objects == 2);
  CHECK(tails[0].bytes > 1500);
  CHECK(tails[1].path == "A::small");
  CHECK(tails[1].objects == 1);
}

TEST_CASE("what a buffer holds belongs to the member whose buffer it is") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").vector("kids", {"C", "D"}, {});
  heap.object("C").owns("E", "e");
  heap.object("D").owns("E", "e");
  const auto tails = tails_of(heap);
  REQUIRE(tails.size() == 1);
  CHECK(tails[0].path == "A::kids");
  CHECK(tails[0].type.empty());
  CHECK(tails[0].objects == 3);
}

TEST_CASE("what two members hold is a tail of its own, told with the first") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").owns("C", "c").owns("D", "d");
  heap.object("C").owns("Both", "both");
  heap.object("D").owns("Both", "both").bytes(100);
  heap.object("Both").bytes(1000);
  const auto tails = tails_of(heap);
  // Neither C nor D alone keeps it, and no member of the cycle's own leads to it.
  REQUIRE(tails.size() == 2);
  CHECK(tails[0].path == "A::d");
  CHECK(tails[0].objects == 1);
  CHECK(tails[0].bytes < 1000);
}

TEST_CASE("what somebody else keeps too is no tail") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").owns("C", "c");
  heap.object("B").owns("B", "self").owns("C", "c");
  for (const Finding& finding : heap.analyse().findings) CHECK(finding.tails.empty());
  HeapBuilder owned;
  owned.object("A").owns("A", "self").owns("C", "c");
  owned.stack_slot("C");
  CHECK(tails_of(owned).empty());
}

TEST_CASE("of many tails the largest are told") {
  HeapBuilder heap;
  auto a = heap.object("A").owns("A", "self");
  for (int i = 0; i < 9; ++i) {
    const std::string name = "T" + std::to_string(i);
    a.owns(name, "t" + std::to_string(i));
    heap.object(name).bytes(static_cast<std::uint64_t>(100 + 100 * i));
  }
  const auto tails = tails_of(heap);
  REQUIRE(tails.size() == 5);
  CHECK(tails[0].path == "A::t8");
  CHECK(tails[4].path == "A::t4");
}

TEST_CASE("cycles of one shape and several lengths are one finding, which knows how many") {
  HeapBuilder heap;
  for (const std::size_t length : std::vector<std::size_t>{3, 7, 2}) {
    std::vector<testing::Ref> nodes;
    for (std::size_t i = 0; i < length; ++i) nodes.push_back(heap.add_object("Node"));
    for (std::size_t i = 0; i < length; ++i) nodes[i].owns(nodes[(i + 1) % length], "next");
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].cycle_objects == 3);
  CHECK(findings.findings[0].fewest_objects == 2);
  CHECK(findings.findings[0].most_objects == 7);
}

TEST_CASE("a cycle that another one holds says which") {
  HeapBuilder heap;
  heap.object("A").owns("A", "self").owns("B", "b");
  heap.object("B").owns("B", "self");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 2);
  const auto held = std::find_if(findings.findings.begin(), findings.findings.end(),
                                 [](const Finding& finding) { return !finding.root; });
  const auto root = std::find_if(findings.findings.begin(), findings.findings.end(),
                                 [](const Finding& finding) { return finding.root; });
  REQUIRE(held != findings.findings.end());
  REQUIRE(root != findings.findings.end());
  CHECK(held->held_by == std::vector{root->id});
  CHECK(root->held_by.empty());
}

}  // namespace
}  // namespace gordian
