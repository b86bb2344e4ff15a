// evidence_test.cpp - the rules of evidence on every small mixture of words.
//
// An object A is held by another through each kind of word, none, once or twice: known and
// unknown strong handles, logged and unknown weak ones, stale words that are known to be none
// and such as nobody knows of, and strong handles that lie nowhere. What the verdict claims
// is compared with the truth.
#include <vector>

#include "analysis/heap.h"
#include "catch.h"
#include "heap_builder.h"

namespace gordian {
namespace {

using testing::HeapBuilder;

struct Mixture {
  std::uint32_t typed_strong, logged_strong, unknown_strong;
  std::uint32_t logged_weak, unknown_weak;
  std::uint32_t known_stale, unknown_stale;
  std::uint32_t unlocated;

  std::uint32_t strong_words() const { return typed_strong + logged_strong + unknown_strong; }
  std::uint32_t strong() const { return strong_words() + unlocated; }
};

struct Judged {
  ObjectCount count;
  std::uint32_t strong = 0, maybe_strong = 0;  // words that count as such
};

// Words without a type lie in an object of their own: all words of one are of one kind.
Judged judge(const Mixture& m) {
  HeapBuilder heap;
  auto a = heap.object("A");
  auto typed = heap.object("typed");
  auto plain = heap.object("plain").untyped();
  for (std::uint32_t i = 0; i < m.typed_strong; ++i) typed.owns("A", "strong" + std::to_string(i));
  for (std::uint32_t i = 0; i < m.known_stale; ++i) typed.stale("A", "stale" + std::to_string(i));
  for (std::uint32_t i = 0; i < m.logged_strong; ++i) plain.owns_logged("A");
  for (std::uint32_t i = 0; i < m.unknown_strong; ++i) plain.owns("A");
  for (std::uint32_t i = 0; i < m.logged_weak; ++i) plain.sees_logged("A");
  for (std::uint32_t i = 0; i < m.unknown_weak; ++i) plain.sees("A");
  for (std::uint32_t i = 0; i < m.unknown_stale; ++i) plain.stale("A");
  if (m.unlocated != 0) a.unlocated(m.unlocated);
  typed.unlocated();  // alive, so that its words are
  plain.unlocated();
  const Snapshot snapshot = heap.build();
  const Heap concluded(snapshot, heap.types());
  const std::uint32_t object = concluded.index.by_birth().front();
  Judged judged{concluded.verdicts.objects[object], 0, 0};
  const auto& row = concluded.index.object(object);
  for (std::uint32_t i = 0; i < row.slot_count; ++i) {
    const SlotMeaning meaning = concluded.verdicts.meanings[row.first_slot + i];
    judged.strong += meaning == SlotMeaning::strong;
    judged.maybe_strong += meaning == SlotMeaning::maybe_strong;
  }
  return judged;
}

template <class Check>
void each_mixture(Check check) {
  constexpr std::uint32_t kMost = 2;
  std::vector<std::uint32_t> n(8, 0);
  while (true) {
    check(Mixture{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]});
    std::size_t i = 0;
    while (i < n.size() && n[i] == kMost) n[i++] = 0;
    if (i == n.size()) return;
    ++n[i];
  }
}

TEST_CASE("the rules claim no more than the words prove, in every mixture") {
  std::size_t proved = 0;
  each_mixture([&](const Mixture& m) {
    const Judged judged = judge(m);
    CAPTURE(m.typed_strong, m.logged_strong, m.unknown_strong, m.logged_weak, m.unknown_weak, m.known_stale,
            m.unknown_stale, m.unlocated);
    const CountVerdict verdict = judged.count.verdict;
    if (m.strong() == 0) {
      REQUIRE(verdict == CountVerdict::expired);
      REQUIRE(judged.strong + judged.maybe_strong == 0);
      return;
    }
    // Nobody's words: an owner that lies nowhere is never overlooked, but where as many
    // stale words stand in for it that nothing tells from handles.
    const bool stand_in = m.unknown_stale != 0 || m.unknown_weak != 0;
    if (m.unlocated != 0 && !stand_in) REQUIRE(verdict == CountVerdict::missing);
    if (all_located(judged.count)) {
      ++proved;
      REQUIRE(judged.strong == m.strong());
      // A weak handle that is not known to be one never stands in for an owner.
      if (m.unknown_stale == 0) REQUIRE(m.unlocated == 0);
      if (verdict == CountVerdict::by_counting) REQUIRE(m.unknown_weak == 0);
    }
    // What counts as strong for sure, or may, leaves out none of the real ones.
    REQUIRE(judged.strong + judged.maybe_strong >= m.strong_words());
    if (verdict == CountVerdict::all_known) REQUIRE(m.unknown_strong + m.unlocated == 0);
    REQUIRE(verdict != CountVerdict::inconsistent);
  });
  CHECK(proved > 500);
}

TEST_CASE("with all weak handles logged and nothing stale, every mixture is decided") {
  each_mixture([](const Mixture& m) {
    if (m.unknown_weak + m.unknown_stale != 0 || m.strong() == 0) return;
    CAPTURE(m.typed_strong, m.logged_strong, m.unknown_strong, m.logged_weak, m.known_stale, m.unlocated);
    const CountVerdict wanted = m.unlocated != 0        ? CountVerdict::missing
                                : m.unknown_strong != 0 ? CountVerdict::by_counting
                                                        : CountVerdict::all_known;
    REQUIRE(judge(m).count.verdict == wanted);
  });
}

}  // namespace
}  // namespace gordian
