// scale_test.cpp - large leaks: no recursion, no quadratic step. bench/ has the numbers.
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;
using testing::Ref;

// With a sanitizer, which watches each step, a tenth: the whole takes longer than all other cases together.
#if defined(__SANITIZE_ADDRESS__)
#define GORDIAN_STEPS_ARE_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GORDIAN_STEPS_ARE_WATCHED 1
#endif
#endif
#ifdef GORDIAN_STEPS_ARE_WATCHED
constexpr std::uint32_t kLongRing = 50'000;
#else
constexpr std::uint32_t kLongRing = 500'000;
#endif

TEST_CASE("a very long ring is one cycle, and where it has half a million objects, cuts are judged on it alone") {
  constexpr std::uint32_t kLength = kLongRing;
  HeapBuilder heap;
  for (std::uint32_t i = 0; i < kLength; ++i) heap.add_object("Node");
  for (std::uint32_t i = 0; i < kLength; ++i) Ref(heap, i).owns(Ref(heap, (i + 1) % kLength), "next");
  const Ref small = heap.add_object("Node");
  Ref(small).owns(small, "next");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].instances == 2);
  CHECK(findings.findings[0].cycle_objects == kLength);
  CHECK(findings.findings[0].objects.size() == 12);
  CHECK(findings.findings[0].omitted == kLength - 12);
  CHECK(findings.findings[0].evidence == Evidence::proved);
  REQUIRE(findings.findings[0].cuts.size() == 1);
  CHECK(findings.findings[0].cuts[0].breaks_all);
  CHECK(findings.findings[0].cuts[0].reason.ends_with(" (judged on 1 of them).") == (kLength == 500'000));
}

TEST_CASE("a list of a hundred thousand plain blocks keeps its path short") {
  HeapBuilder heap;
  heap.object("List").points_to("0");
  constexpr int kLength = 100'000;
  for (int i = 0; i < kLength; ++i) heap.block(std::to_string(i)).points_to(std::to_string(i + 1));
  heap.block(std::to_string(kLength)).owns("List");
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  REQUIRE(findings.findings[0].cuts.size() == 1);
  CHECK(findings.findings[0].cuts[0].path.size() < 200);
}

TEST_CASE("of a list of fifty thousand handles in one object each costs no walk over those before it") {
  constexpr int kLength = 50'000;
  HeapBuilder heap;
  heap.object("Bus").type("Bus").points_to("0");
  for (int i = 0; i < kLength; ++i) {
    const std::string name = std::to_string(i);
    heap.block(name).owns("Bus");
    if (i + 1 < kLength) heap.block(name).points_to(std::to_string(i + 1));
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].objects[0].use_count == kLength);
  REQUIRE(findings.findings[0].references.size() == 24);
  CHECK(findings.findings[0].references[0].path == "+0x400 -> +0x0");
  CHECK(findings.findings[0].references[2].path == "+0x400 -> +0x10 -> +0x10 -> +0x0");
}

TEST_CASE("a leaked list of a hundred thousand nodes, each with a handle, names its head for all of them") {
  constexpr int kLength = 100'000;
  HeapBuilder heap;
  heap.block("head").bytes(64).points_to("0");
  for (int i = 0; i < kLength; ++i) {
    const std::string name = std::to_string(i);
    heap.block(name).owns("T" + name);
    if (i + 1 < kLength) heap.block(name).points_to(std::to_string(i + 1));
    heap.object("T" + name).type("T");
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  std::uint64_t references = 0;
  for (const LostHolder& place : findings.findings[0].lost_holders) {
    references += place.references;
    REQUIRE(place.hangs_on);
    CHECK(place.hangs_on->bytes == 64);
  }
  CHECK(references == kLength);
}

TEST_CASE("a buffer that three hundred objects share costs each of them one edge") {
  HeapBuilder heap;
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i);
    heap.object(name).type("T").points_to("shared");
    heap.block("shared").owns(name);
  }
  const Findings findings = heap.analyse();
  REQUIRE(findings.findings.size() == 1);
  CHECK(findings.findings[0].cycle_objects == 300);
}

}  // namespace
}  // namespace gordian
