// lost_ways.cpp - see lost_ways.h.
#include "scan/lost_ways.h"

#include "scan/words.h"

namespace gordian::rt {
namespace {

class WayFinder {
 public:
  WayFinder(const Heap& heap, const Objects& objects, PageArray<std::uint32_t>& out) noexcept
      : heap_(heap), objects_(objects), out_(out) {}

  bool run(const PageArray<std::uint32_t>& lost) noexcept {
    const std::size_t count = heap_.blocks().size();
    if (!first_.resize(count + 1) || !known_.resize(count) || !found_.resize(count)) return false;
    sort_pointers();
    for (const std::uint32_t b : lost) find(b);
    while (!work_.empty() && !failed()) {
      const std::uint32_t b = work_.pop();
      for (std::uint32_t i = 0; i < known_[b]; ++i) find(sources_[first_[b] + i]);
    }
    return !failed();
  }

 private:
  // Recorded ones are gone through, too: a knot may lie on the way.
  bool is_unowned(std::uint32_t b) const noexcept {
    return heap_[b].object == kNoIndex && (heap_[b].state & (kBlockOwned | kBlockRooted | kBlockShared)) == 0;
  }

  template <class Visit>
  void for_each_pointer(Visit&& visit) const noexcept {
    for (std::uint32_t b = 0; b < heap_.blocks().size(); ++b) {
      if (!is_unowned(b)) continue;
      for_each_live_word(heap_[b], heap_, objects_, [&](Address, std::uint64_t word) {
        const std::uint32_t to = heap_.find(word);
        if (to != kNoIndex && to != b && is_unowned(to)) visit(b, to);
      });
    }
  }

  // Counting sort. A thread that could not be paused may write more pointers between the two passes: there is no
  // room for these.
  void sort_pointers() noexcept {
    for_each_pointer([this](std::uint32_t, std::uint32_t to) { ++first_[to + 1]; });
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    if (!sources_.resize(first_[first_.size() - 1])) return;
    for_each_pointer([this](std::uint32_t from, std::uint32_t to) {
      if (known_[to] < first_[to + 1] - first_[to]) sources_[first_[to] + known_[to]++] = from;
    });
  }

  void find(std::uint32_t block) noexcept {
    if (found_[block] || sources_.failed()) return;
    found_[block] = true;
    work_.push(block);
    if ((heap_[block].state & kBlockRecorded) == 0) out_.push(block);
  }

  bool failed() const noexcept { return sources_.failed() || work_.failed() || out_.failed(); }

  const Heap& heap_;
  const Objects& objects_;
  PageArray<std::uint32_t>& out_;
  // The blocks that point to block b are sources_[first_[b]] and so on, known_[b] of them.
  PageArray<std::uint32_t> first_;
  PageArray<std::uint32_t> known_;
  PageArray<std::uint32_t> sources_;
  PageArray<bool> found_;          // by block
  PageArray<std::uint32_t> work_;  // found, and not followed yet
};

}  // namespace

bool find_lost_ways(const Heap& heap, const Objects& objects, const PageArray<std::uint32_t>& lost,
                    PageArray<std::uint32_t>& out) noexcept {
  return lost.empty() || WayFinder(heap, objects, out).run(lost);
}

}  // namespace gordian::rt
