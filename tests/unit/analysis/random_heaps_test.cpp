// random_heaps_test.cpp - what holds for every heap, checked on many small random ones.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using snapshot::SlotLog;
using testing::HeapBuilder;
using testing::Ref;

constexpr std::uint32_t kSeeds = 1500;

// A heap of some objects and blocks with words of every kind; the same for the same seed.
class RandomHeap {
 public:
  explicit RandomHeap(std::uint32_t seed) : random_(seed), objects_(1 + below(6)), blocks_(below(4)) {
    for (std::uint32_t i = 0; i < objects_; ++i) {
      Ref object = heap.object(name(i)).type("T" + std::to_string(below(3)));
      if (below(4) == 0) object.separate();
      if (below(8) == 0) object.unlocated();
      if (below(8) == 0) object.seen();
    }
    for (std::uint32_t words = below(14); words > 0; --words) add_word();
    if (below(3) == 0) heap.stack_slot(name(below(objects_)));
    if (below(3) == 0) heap.stale_slot(Place::registers, name(below(objects_)));
    if (below(3) == 0) heap.weak_slot(Place::static_data, name(below(objects_)), SlotLog::weak);
  }

  HeapBuilder heap;

 private:
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
  static std::string name(std::uint32_t i) { return "#" + std::to_string(i); }

  void add_word() {
    const std::string to = name(below(objects_));
    // With a name the offset within a type is the same in all its objects, so each kind has its own.
    const bool in_block = blocks_ != 0 && below(3) == 0;
    const bool typed = below(2) == 0 && !in_block;
    Ref from =
        in_block ? heap.block("block" + std::to_string(below(blocks_))) : heap.object(name(below(objects_)));
    const std::string turn = std::to_string(turn_++);
    switch (below(7)) {
      case 0:
        from.sees(to, typed ? "weak" + turn : "");
        break;
      case 1:
        from.stale(to, typed ? "stale" + turn : "");
        break;
      case 2:
        if (!in_block) from.deleter_owns(to, typed ? "deleter" + turn : "");
        break;
      case 3:
        if (blocks_ != 0) from.points_to("block" + std::to_string(below(blocks_)));
        break;
      case 4:
        if (!in_block) from.vector("kids" + turn, {to}, {name(below(objects_))});
        break;
      default:
        from.owns(to, typed ? "strong" + turn : "");
    }
  }

  std::mt19937 random_;
  std::uint32_t objects_, blocks_;
  int turn_ = 0;
};

std::string story(const Findings& findings) {
  std::string text;
  for (const Finding& f : findings.findings) {
    text += f.id + " " + std::to_string(f.instances) + " " + std::to_string(static_cast<int>(f.evidence)) +
            " " + std::to_string(f.cycle_objects) + "+" + std::to_string(f.retained_objects) + " " +
            std::to_string(f.bytes) + (f.root ? " root" : "") + "\n";
    for (const auto& o : f.objects) text += "  " + std::to_string(o.id) + " " + o.type + "\n";
    for (const auto& r : f.references) {
      text += "  " + std::to_string(r.from) + " " + r.path + " " + std::to_string(r.to) + "\n";
    }
    for (const auto& c : f.cuts) text += "  " + c.path + ": " + c.advice + ". " + c.reason + "\n";
  }
  for (const auto& note : findings.notes) text += note + "\n";
  return text;
}

TEST_CASE("the findings of a heap do not depend on where its blocks lie") {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    RandomHeap one(seed), other(seed);
    other.heap.lay_out_backwards();
    INFO("seed " << seed);
    CHECK(story(one.heap.analyse()) == story(other.heap.analyse()));
  }
}

TEST_CASE("the numbers of a report agree with each other") {
  std::size_t found = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    RandomHeap random(seed);
    const Findings findings = random.heap.analyse();
    INFO("seed " << seed << "\n" << story(findings));
    std::uint64_t cycles = 0, orphans = 0, bytes = 0;
    bool any_root = false;
    for (const Finding& f : findings.findings) {
      const bool is_cycle = f.kind == FindingKind::cycle;
      (is_cycle ? cycles : orphans) += f.instances;
      bytes += f.bytes;
      any_root |= f.root;
      CHECK(f.id.size() == 8);
      CHECK(f.objects.size() + f.omitted == (is_cycle ? f.cycle_objects : 1) + f.retained_objects);
      CHECK(f.cuts.empty() == !is_cycle);
      for (const FoundReference& r : f.references) {
        CHECK((r.from >= 1 && r.from <= f.objects.size() && r.to >= 1 && r.to <= f.objects.size()));
        CHECK_FALSE(r.path.empty());
      }
      for (const FoundObject& o : f.objects) CHECK(o.located_strong <= o.use_count);
      if (f.evidence == Evidence::proved && is_cycle) {
        for (const FoundObject& o : f.objects) {
          if (o.role == Role::cycle) CHECK(o.located_strong == o.use_count);
        }
      }
      ++found;
    }
    CHECK(findings.cycles == cycles);
    CHECK(findings.orphans == orphans);
    CHECK(bytes <= findings.bytes);
    CHECK((any_root || findings.findings.empty()));
  }
  CHECK(found > 250);  // the heaps are not all silent
}

TEST_CASE("one more owner on the stack for every object leaves nothing to report") {
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    RandomHeap random(seed);
    for (int i = 0; i < 6; ++i) random.heap.stack_slot("#" + std::to_string(i));
    INFO("seed " << seed);
    CHECK(random.heap.analyse().findings.empty());
  }
}

}  // namespace
}  // namespace gordian
