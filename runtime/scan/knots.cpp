// knots.cpp - see knots.h.
#include "scan/knots.h"

#include "scan/words.h"

namespace gordian::rt {
namespace {

class KnotFinder {
 public:
  KnotFinder(const Heap& heap, const Objects& objects, PageArray<std::uint32_t>& out) noexcept
      : heap_(heap), objects_(objects), out_(out) {}

  bool run() noexcept {
    const std::size_t count = heap_.blocks().size();
    if (!held_by_.resize(count) || !pointing_.resize(count)) return false;
    count_pointers();
    peel();
    bool any = false;
    for (std::uint32_t b = 0; b < count && !any; ++b) any = in_knot(b) && may_count(b);
    for (std::uint32_t b = 0; any && b < count; ++b) {
      if (in_knot(b) || (is_candidate(b) && holds_counted(b))) out_.push(b);
    }
    return !peeled_.failed() && !out_.failed();
  }

 private:
  bool is_candidate(std::uint32_t b) const noexcept {
    constexpr std::uint8_t kNot = kBlockOwned | kBlockRecorded | kBlockRooted | kBlockShared;
    return heap_[b].object == kNoIndex && (heap_[b].state & kNot) == 0;
  }
  bool in_knot(std::uint32_t b) const noexcept { return held_by_[b] != 0; }
  bool may_count(std::uint32_t b) const noexcept {
    bool found = false;
    for_each_possible_count(heap_[b], pointing_[b], [&](Address, std::uint32_t) { found = true; });
    return found;
  }
  bool holds_counted(std::uint32_t b) const noexcept {
    bool found = false;
    for_each_target(b, [&](std::uint32_t to, std::uint64_t) { found = found || (in_knot(to) && may_count(to)); });
    return found;
  }

  template <class Visit>
  void for_each_target(std::uint32_t b, Visit&& visit) const noexcept {
    for_each_live_word(heap_[b], heap_, objects_, [&](Address, std::uint64_t word) {
      const std::uint32_t to = heap_.find(word);
      if (to != kNoIndex && is_candidate(to)) visit(to, word);
    });
  }

  // A pointer of a block to its own inside holds nothing: a short string has one.
  bool holds(std::uint32_t b, std::uint32_t to, std::uint64_t word) const noexcept {
    return to != b || word == heap_[b].start;
  }

  void count_pointers() noexcept {
    for (std::uint32_t b = 0; b < heap_.blocks().size(); ++b) {
      if (!is_candidate(b)) continue;
      for_each_target(b, [&](std::uint32_t to, std::uint64_t word) {
        ++pointing_[to];
        held_by_[to] += holds(b, to, word) ? 1u : 0u;
      });
    }
  }

  void peel() noexcept {
    for (std::uint32_t b = 0; b < heap_.blocks().size(); ++b) {
      if (is_candidate(b) && held_by_[b] == 0) peeled_.push(b);
    }
    while (!peeled_.empty() && !peeled_.failed()) {
      const std::uint32_t b = peeled_.pop();
      for_each_target(b, [&](std::uint32_t to, std::uint64_t word) {
        if (holds(b, to, word) && --held_by_[to] == 0) peeled_.push(to);
      });
    }
  }

  const Heap& heap_;
  const Objects& objects_;
  PageArray<std::uint32_t>& out_;
  PageArray<std::uint32_t> held_by_;   // by block: words of blocks not yet peeled that hold it
  PageArray<std::uint32_t> pointing_;  // by block: words that point into it
  PageArray<std::uint32_t> peeled_;    // whose targets were not visited yet
};

}  // namespace

bool find_knots(const Heap& heap, const Objects& objects, PageArray<std::uint32_t>& out) noexcept {
  return KnotFinder(heap, objects, out).run();
}

}  // namespace gordian::rt
