// slots_test.cpp - the rules of evidence, one by one and in every combination.
#include "analysis/slots.h"

#include <cstdint>
#include <string>
#include <utility>

#include "analysis/heap.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using snapshot::Place;
using snapshot::SlotLog;
using testing::FakeTypes;
using testing::HeapBuilder;

// The verdict on the object that was mentioned first. B, where the words are, is alive.
ObjectCount first_object(HeapBuilder& heap) {
  heap.stack_slot("B");
  const Snapshot snapshot = heap.build();
  const Heap concluded(snapshot, heap.types());
  return concluded.verdicts.objects[concluded.index.by_birth().front()];
}

CountVerdict verdict(HeapBuilder& heap) {
  return first_object(heap).verdict;
}

TEST_CASE("strong handles with a type are all known") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A", "a");
  CHECK(verdict(heap) == CountVerdict::all_known);
}

TEST_CASE("a strong handle that was logged is known") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns_logged("A").stale("A");
  CHECK(verdict(heap) == CountVerdict::all_known);
}

// Behind the first Base, which `fill` fills with two handles, are as many, by a type that may be another's.
HeapBuilder two_bases(void (*fill)(testing::Ref base)) {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").points_to("Base", "impl");
  fill(heap.block("Base"));
  FakeTypes& types = heap.types();
  types.set_size(types.type("Base"), 32);
  types.set_size(types.type("Derived"), 64);
  types.set_part(types.type("Derived"), types.type("Base"));
  return heap;
}

TEST_CASE("types that may be another's are believed where both counts are right by them, to the last") {
  HeapBuilder heap = two_bases([](testing::Ref base) { base.owns("A", "a").sees("A", "b").owns("A", "c").sees("A", "d"); });
  CHECK(verdict(heap) == CountVerdict::by_guess);
  CHECK(all_located(first_object(heap)));
  CHECK(first_object(heap).located_strong == 2);
  heap.object("A").unlocated();
  CHECK(verdict(heap) == CountVerdict::undecided);
}

TEST_CASE("a word without a type is strong where all weak ones are guessed") {
  HeapBuilder heap = two_bases([](testing::Ref base) { base.owns("C", "a").sees("C", "b").owns("C", "c").sees("A", "d"); });
  heap.object("D").owns("A");
  heap.stack_slot("D");
  CHECK(verdict(heap) == CountVerdict::by_guess);
}

TEST_CASE("more guessed handles than the counts allow prove nothing") {
  // A popped weak handle; its object is held by nobody that was found.
  HeapBuilder weak = two_bases([](testing::Ref base) { base.owns("C", "a").sees("C", "b").owns("C", "c").stale("A", "d"); });
  weak.types().set_word(weak.types().type("Base"), 56, {});
  weak.object("A").unlocated();
  CHECK(verdict(weak) == CountVerdict::undecided);
  // A strong one where a weak one lies.
  HeapBuilder strong = two_bases([](testing::Ref base) { base.owns("C", "a").sees("C", "b").sees("A", "c").owns("A", "d"); });
  CHECK(verdict(strong) == CountVerdict::by_guess);  // right all the same
}

TEST_CASE("unknown words are strong when all weak ones are known and the counts fit") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A").sees_logged("A");
  CHECK(verdict(heap) == CountVerdict::by_counting);
  CHECK(first_object(heap).located_strong == 1);
}

TEST_CASE("an owner that lies nowhere is missing") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  CHECK(verdict(heap) == CountVerdict::missing);
  HeapBuilder more;
  more.object("A").unlocated();
  more.object("B").owns("A", "a");
  CHECK(verdict(more) == CountVerdict::missing);
}

TEST_CASE("a stale word beside an owner that lies nowhere does not stand in for a typed one") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.object("B").stale("A", "hash");  // known to be no handle
  CHECK(verdict(heap) == CountVerdict::missing);
}

TEST_CASE("when every word is a handle, nothing is missing though nothing is known") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A").sees("A");
  CHECK(verdict(heap) == CountVerdict::in_the_open);
}

TEST_CASE("one word too many leaves it undecided") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A").stale("A");
  CHECK(verdict(heap) == CountVerdict::undecided);
}

TEST_CASE("more known strong handles than the count says is inconsistent") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A", "a").sees_logged_as_strong_type("A", "w");
  heap.stack_slot("B");
  Snapshot snapshot = heap.build();
  for (auto& slot : snapshot.slots) slot.log = SlotLog::none;  // without the log, two strong ones by type
  const Heap concluded(snapshot, heap.types());
  CHECK(concluded.verdicts.objects[concluded.index.by_birth().front()].verdict == CountVerdict::inconsistent);
}

TEST_CASE("the log is right where it disagrees with the type") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A", "a").sees_logged_as_strong_type("A", "w");
  CHECK(verdict(heap) == CountVerdict::all_known);
  CHECK(first_object(heap).located_strong == 1);
}

TEST_CASE("an object without owners has expired, whatever words are left of it") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").sees("A").stale("A");
  CHECK(verdict(heap) == CountVerdict::expired);
}

TEST_CASE("words in the storage of an expired make_shared object are dead") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("Dead").stale("A");
  heap.object("B").owns("A");
  heap.weak_slot(Place::static_data, "Dead", SlotLog::weak);
  CHECK(verdict(heap) == CountVerdict::by_counting);
}

TEST_CASE("words in spare capacity are dead") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").vector("kids", {"A"}, {"A", "A"});
  CHECK(verdict(heap) == CountVerdict::all_known);
  CHECK(first_object(heap).located_strong == 1);
  HeapBuilder only_spare;
  only_spare.object("A").unlocated();
  only_spare.object("B").vector("kids", {}, {"A"});
  CHECK(verdict(only_spare) == CountVerdict::missing);
}

TEST_CASE("an alternative that may be alive is found, and proves nothing") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").may_own("A", "maybe");
  CHECK(verdict(heap) == CountVerdict::by_claim);
  CHECK_FALSE(all_located(first_object(heap)));
  CHECK(first_object(heap).located_strong == 1);
}

TEST_CASE("an alternative that was reset does not pass for an owner in disguise") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.object("B").left_behind("A", "maybe");
  CHECK_FALSE(all_located(first_object(heap)));
  HeapBuilder half;
  half.object("A").unlocated();
  half.object("B").owns("A", "a").left_behind("A", "maybe");
  CHECK_FALSE(all_located(first_object(half)));
}

// A has two owners: B::a, and B::maybe if that is alive. The word of `member` has been logged so.
CountVerdict verdict_when_logged(const std::string& member, SlotLog log, bool shim = true) {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").may_own("A", "maybe").owns("A", "a");
  heap.stack_slot("B");
  Snapshot snapshot = heap.build();
  snapshot.shim = shim;
  const HeapIndex index(snapshot);
  const Typing typing = spread_types(index, heap.types());
  for (std::uint32_t row = 0; row < index.slot_count(); ++row) {
    const WordId id = typing.slot_words[row];
    if (WordTable::known(id) && typing.words.word(id).member == member) snapshot.slots[row].log = log;
  }
  return judge_slots(index, typing).objects[index.by_birth().front()].verdict;
}

TEST_CASE("where a logged handle has ended, an alternative is none") {
  CHECK(verdict_when_logged("B::maybe", SlotLog::none) == CountVerdict::by_claim);
  CHECK(verdict_when_logged("B::maybe", SlotLog::dropped) == CountVerdict::missing);
}

TEST_CASE("without the shim a handle that has ended was none of a shared_ptr's") {
  CHECK(verdict_when_logged("B::maybe", SlotLog::dropped, false) == CountVerdict::by_claim);
}

TEST_CASE("where a logged handle has ended, a handle by its type is one that nobody logged") {
  CHECK(verdict_when_logged("B::a", SlotLog::none) == CountVerdict::by_claim);
  CHECK(verdict_when_logged("B::a", SlotLog::dropped) == CountVerdict::by_claim);
}

TEST_CASE("an alternative with another value over its first half decides nothing") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.object("B").overwritten("A", "either");
  CHECK(verdict(heap) == CountVerdict::undecided);
}

TEST_CASE("alternatives beside as many known handles as there must be own nothing") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A", "a").left_behind("A", "maybe").overwritten("A", "either");
  CHECK(verdict(heap) == CountVerdict::all_known);
  CHECK(first_object(heap).located_strong == 1);
}

TEST_CASE("words in the spare capacity of a vector in an optional are dead") {
  HeapBuilder heap;
  heap.object("A").unlocated();
  heap.object("B").vector("kids", {"B"}, {"A"});
  heap.stack_slot("B");
  const TypeId type = heap.types().type("control block of B");
  Word word = heap.types().word_at(type, 16);
  word.may_be_dead = true;
  heap.types().set_word(type, 16, word);
  CHECK(verdict(heap) == CountVerdict::missing);
}

TEST_CASE("a stale word on a stack does not outweigh handles with a type") {
  HeapBuilder heap;
  heap.object("A");
  heap.object("B").owns("A", "a");
  heap.stale_slot(Place::stack, "A");
  CHECK(verdict(heap) == CountVerdict::all_known);
}

// Every mixture of 0 to 2 strong, weak and stale words, each kind known or not, against what
// slots.cpp's table says of the numbers.
TEST_CASE("the verdict follows the counts for every mixture of words") {
  const auto expected = [](int u, int w, int s, int k, int n) {
    if (u == 0) return CountVerdict::expired;
    if (s == u) return CountVerdict::all_known;
    if (s + n < u) return CountVerdict::missing;
    if (k == w) return s + n == u ? CountVerdict::by_counting : CountVerdict::undecided;
    return s + n + k == u + w ? CountVerdict::in_the_open : CountVerdict::undecided;
  };
  for (int mixture = 0; mixture < 729; ++mixture) {
    int rest = mixture;
    const auto next = [&] { return std::exchange(rest, rest / 3) % 3; };
    const int known_strong = next(), unknown_strong = next(), known_weak = next(), unknown_weak = next();
    const int stale = next(), unlocated = next();
    HeapBuilder heap;
    heap.object("A").unlocated(static_cast<std::uint32_t>(unlocated));
    auto b = heap.object("B");
    for (int i = 0; i < known_strong; ++i) b.owns("A", "s" + std::to_string(i));
    for (int i = 0; i < unknown_strong; ++i) b.owns("A");
    for (int i = 0; i < known_weak; ++i) b.sees("A", "w" + std::to_string(i));
    for (int i = 0; i < unknown_weak; ++i) b.sees("A");
    for (int i = 0; i < stale; ++i) b.stale("A");
    const int u = known_strong + unknown_strong + unlocated, w = known_weak + unknown_weak;
    CAPTURE(known_strong, unknown_strong, known_weak, unknown_weak, stale, unlocated);
    CHECK(verdict(heap) == expected(u, w, known_strong, known_weak, unknown_strong + unknown_weak + stale));
  }
}

// An object that counts its handles itself: any pointer to it may be one.

TEST_CASE("an object that counts itself is all known when its handles have types or were logged") {
  HeapBuilder typed;
  typed.announced("A");
  typed.object("B").holds("A", "a").refers_to("A");
  CHECK(verdict(typed) == CountVerdict::all_known);
  CHECK(first_object(typed).located_strong == 1);
  HeapBuilder logged;
  logged.announced("A");
  logged.object("B").owns_logged("A").refers_to("A");
  CHECK(verdict(logged) == CountVerdict::all_known);
}

TEST_CASE("a word on a stack proves no handle to an object that counts itself") {
  HeapBuilder heap;
  heap.announced("A");
  heap.slot(Place::stack, "A");
  CHECK(verdict(heap) == CountVerdict::undecided);
}

TEST_CASE("more typed handles than an object counts is inconsistent") {
  HeapBuilder heap;
  heap.announced("A");
  heap.object("B").holds("A", "a").holds("A", "b");
  heap.stack_slot("B");
  Snapshot snapshot = heap.build();
  for (auto& object : snapshot.objects) object.use_count = 1;
  const Heap concluded(snapshot, heap.types());
  CHECK(concluded.verdicts.objects[concluded.index.by_birth().front()].verdict == CountVerdict::inconsistent);
}

// Every mixture of 0 to 2 words of each kind. Counting alone proves nothing here.
TEST_CASE("an object that counts itself is proved by known handles only, in every mixture of words") {
  const auto expected = [](int u, int s, int n) {
    if (u == 0) return CountVerdict::expired;
    if (s == u) return CountVerdict::all_known;
    return s + n < u ? CountVerdict::missing : CountVerdict::undecided;
  };
  for (int mixture = 0; mixture < 729; ++mixture) {
    int rest = mixture;
    const auto next = [&] { return std::exchange(rest, rest / 3) % 3; };
    const int typed = next(), logged = next(), unknown = next();
    const int pointers = next(), known_stale = next(), unlocated = next();
    HeapBuilder heap;
    heap.announced("A").unlocated(static_cast<std::uint32_t>(unlocated));
    auto b = heap.object("B");
    for (int i = 0; i < typed; ++i) b.holds("A", "h" + std::to_string(i));
    for (int i = 0; i < logged; ++i) b.owns_logged("A");
    for (int i = 0; i < unknown; ++i) b.holds("A");
    for (int i = 0; i < pointers; ++i) b.refers_to("A");
    for (int i = 0; i < known_stale; ++i) b.stale("A", "s" + std::to_string(i));
    CAPTURE(typed, logged, unknown, pointers, known_stale, unlocated);
    const ObjectCount count = first_object(heap);
    CHECK(count.verdict ==
          expected(typed + logged + unknown + unlocated, typed + logged, unknown + pointers));
    CHECK(count.located_strong == static_cast<std::uint32_t>(typed + logged));
  }
}

}  // namespace
}  // namespace gordian
