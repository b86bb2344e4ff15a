// readable.h - which of the program's memory a check may read.
//
// A program may take access away from a page of its own heap or data (a guard page inside an aligned block, a mapped
// file that was cut short), and a thread that could not be paused frees what the check is about to read. To ask the
// kernel of every page costs more than the check itself, so nobody asks until a word could not be read (fault_guard.h).
// Then the check is done again, and asks: once for each page, where it goes through memory by address.
//
// But for pages that the program brings in itself: to ask for them is to read them (absent_pages.h).
//
// What lies in unreadable memory may hold anything. So a block with such a page counts as owned, as does what only it
// could hold: see own_what_may_be_hidden() in ownership.cpp.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

class Readable {
 public:
  // A word at `at` could not be read: from now on nothing is read unasked, and nothing of that page. False where that
  // was known: who has read it has not asked, and will not the next time.
  bool note_fault(Address at) noexcept;

  // Lists what the program would have to bring in now. False where that cannot be told, and a check must not read.
  bool find_absent_pages() noexcept;

  // Whether there was a fault.
  bool has_faulted() const noexcept { return faults_; }
  // Whether there may be memory that cannot be read.
  bool asks() const noexcept { return faults_ || !absent_.empty(); }

  // The first address of [low, high) that cannot be read; `high` when there is none, and where the kernel
  // says nothing of memory (a seccomp filter).
  Address end_of_readable(Address low, Address high) const noexcept { return asks() ? ask(low, high) : high; }

 private:
  Address ask(Address low, Address high) const noexcept;

  Address first_absent(Address low, Address high) const noexcept;

  bool faults_ = false;
  mutable AddressRange known_ = {0, 0};  // whole pages that can be read, by the last answers
  PageArray<Address> faulted_;       // starts of pages
  PageArray<AddressRange> absent_;   // by address
};

}  // namespace gordian::rt
