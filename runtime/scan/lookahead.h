// lookahead.h - words of the heap, looked up some words before they are visited.
//
// What a word points to is anywhere: each visit would wait for memory twice, for the row of the block and for that
// of its object. So a word is taken in, its rows are asked for, and it is visited when some others have been taken
// in after it. Words that point to no block are dropped. What was taken first is visited first.
#pragma once

#include "scan/objects.h"

namespace gordian::rt {

// A word that may point into a block, or to the end of one.
struct PointerWord {
  Address at;
  std::uint64_t value;
  std::uint64_t before;  // the word in front of it, as the visitor's owner gave it
  std::uint32_t block;   // Heap::last_start() of the value
  std::uint32_t source;  // index of the block that the word lies in, or kNoIndex
};

// `visit(const PointerWord&)` takes no words itself.
template <class Visit>
class Lookahead {
 public:
  Lookahead(const Heap& heap, const Objects& objects, Visit visit) noexcept
      : heap_(heap), objects_(objects), visit_(visit) {}
  Lookahead(const Lookahead&) = delete;
  Lookahead& operator=(const Lookahead&) = delete;

  void take(Address at, std::uint64_t value, std::uint64_t before, std::uint32_t source) noexcept {
    const std::uint32_t block = heap_.last_start(value);
    if (block == kNoIndex) return;
    heap_.prefetch(block);
    if (taken_ >= kHalf) objects_.prefetch(heap_[words_[(taken_ - kHalf) % kAhead].block].object);
    if (taken_ - visited_ == kAhead) visit_(words_[visited_++ % kAhead]);
    words_[taken_++ % kAhead] = {at, value, before, block, source};
  }

  // Visits all that were taken and still wait.
  void finish() noexcept {
    while (visited_ != taken_) visit_(words_[visited_++ % kAhead]);
  }
  bool is_finished() const noexcept { return visited_ == taken_; }

 private:
  static constexpr std::size_t kAhead = 16;
  static constexpr std::size_t kHalf = kAhead / 2;

  const Heap& heap_;
  const Objects& objects_;
  Visit visit_;
  std::size_t taken_ = 0;
  std::size_t visited_ = 0;
  PointerWord words_[kAhead];
};

}  // namespace gordian::rt
