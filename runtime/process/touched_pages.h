// touched_pages.h - which pages of a range were ever written or read.
//
// The others hold nothing, and to read one maps it: a block of a gigabyte that a program has not used yet would cost
// the check a second, and the process memory for page tables. Told by /proc/.../pagemap, 8 bytes a page ("pagemap" in
// the kernel's documentation; proc(5)), which knows pages that were swapped out, too. What of a file was never
// written has no pointers. Where the kernel does not tell, all of it counts as touched.
//
// Of a terabyte that is only reserved that takes six seconds, a system call for each half megabyte. So where there is
// nothing in one, the kernel is asked for the next page that is there, which costs it what page tables there are
// (PAGEMAP_SCAN, Linux 6.7).
#pragma once

#include "base/memory.h"

namespace gordian::rt {

class TouchedPages {
 public:
  TouchedPages() noexcept;
  ~TouchedPages();
  TouchedPages(const TouchedPages&) = delete;
  TouchedPages& operator=(const TouchedPages&) = delete;

  bool is_told() const noexcept { return file_ >= 0; }
  // Whether a large range that nobody has touched is soon gone through.
  bool looks_ahead() const noexcept { return looks_ahead_; }

  static constexpr std::uint64_t kTouched = std::uint64_t{3} << 62;  // of a page's entry: in memory, swapped out
  static constexpr Address kWorthAsking = Address{1} << 20;  // of a range; less is read at once

  static constexpr Address kShortGap = Address{256} << 10;  // rather read than left out

  // Calls visit(from, to) for the parts of [low, high), page by page, that were touched. What lies between two is
  // longer than `gap`.
  template <class Visit>
  void for_each_part(Address low, Address high, Visit&& visit, Address gap = kShortGap) const noexcept {
    Address from = low;  // [from, to): touched, and not told of yet
    Address to = low;
    for (Address at = low; at < high;) {
      const Address page = at & ~Address{page_size() - 1};
      Address next = page + page_size() < high ? page + page_size() : high;
      if (is_touched(page)) {
        if (at - to > gap) {
          if (from != to) visit(from, to);
          from = at;
        }
        to = next;
      } else if (is_empty_ && looks_ahead_) {
        next = first_touched(read_ + kEntries * page_size(), high);
      }
      at = next;
    }
    if (from != to) visit(from, to);
  }

 private:
  static constexpr std::size_t kEntries = 128;  // a small stack has room for them

  bool is_touched(Address page) const noexcept {
    if (page - read_ >= kEntries * page_size()) read(page);
    return (entries_[(page - read_) / page_size()] & kTouched) != 0;
  }
  void read(Address page) const noexcept;
  // `high` when there is none in [page, high).
  Address first_touched(Address page, Address high) const noexcept;

  int file_;
  bool looks_ahead_ = false;
  mutable Address read_ = 1;  // entries_ are from here on; at first no page's
  mutable std::uint64_t entries_[kEntries];
  mutable bool is_empty_ = false;  // none of them is touched
};

}  // namespace gordian::rt
