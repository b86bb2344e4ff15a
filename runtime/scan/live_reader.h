// live_reader.h - the words of all live blocks, while the program goes on.
//
// A check pauses the threads before it reads. Here they run: a block may be freed, and its pages be
// unmapped, while we look at it. So memory is copied (process/safe_copy.h), which says
// "bad address" where a load would crash, and needs no signal handler. Neighbours are copied together.
//
// Cost: linear in the size of live blocks; about that of copying them.
#pragma once

#include "base/memory.h"
#include "tables/live.h"

namespace gordian::rt {

class LiveReader {
 public:
  // Calls visit(word) for each aligned word of each live block that can be read. False where the
  // kernel lets nobody look (a seccomp filter), or memory ran out: then not all words were seen.
  template <class Visit>
  bool for_each_word(Visit&& visit) noexcept {
    if (!buffer_.resize(kWindow / 8)) return false;
    // A size of kHugeSize stands for a larger one: the rest holds no objects.
    for_each_block([&](Address start, std::uint64_t size, std::uint32_t) {
      add((start + 7) & ~Address{7}, (start + size) & ~Address{7}, visit);
    });
    flush(visit);
    return !denied_ && !spans_.failed();
  }

 private:
  struct Span {
    Address low;  // [low, high), whole words
    Address high;
  };
  static constexpr std::size_t kWindow = 1 << 18;  // bytes read at once
  static constexpr std::size_t kGap = 1024;        // between blocks, rather copied than a call of its own

  template <class Visit>
  void add(Address low, Address high, Visit& visit) noexcept {
    if (high <= low) return;
    if (!spans_.empty() &&
        (low < spans_.back().high || low - spans_.back().high > kGap || high - spans_[0].low > kWindow)) {
      flush(visit);
    }
    for (; high - low > kWindow; low += kWindow) visit_span({low, low + kWindow}, visit);
    spans_.push({low, high});
  }

  template <class Visit>
  void flush(Visit& visit) noexcept {
    if (spans_.empty()) return;
    const Address low = spans_[0].low;
    if (read(low, spans_.back().high)) {
      for (const Span& span : spans_) {
        for (Address at = span.low; at < span.high; at += 8) visit(buffer_[(at - low) / 8]);
      }
    } else {
      for (const Span& span : spans_) visit_span(span, visit);
    }
    spans_.resize(0);
  }

  template <class Visit>
  void visit_span(Span span, Visit& visit) noexcept {
    if (!read(span.low, span.high)) return;  // freed in between, or without access
    for (std::size_t i = 0; i < (span.high - span.low) / 8; ++i) visit(buffer_[i]);
  }

  // Copies [low, high) into buffer_.
  bool read(Address low, Address high) noexcept;

  PageArray<std::uint64_t> buffer_;
  PageArray<Span> spans_;  // what the next copy is for
  bool denied_ = false;
};

}  // namespace gordian::rt
