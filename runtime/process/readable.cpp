// readable.cpp - see readable.h. A byte of each page is copied by process_vm_readv(), which ends where a load would crash.
#include "process/readable.h"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/kernel.h"
#include "process/absent_pages.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kPagesAtOnce = 256;

// How many of the `count` pages from `page` on can be read, all before the first that cannot.
std::size_t count_readable(Address page, std::size_t count) noexcept {
  char bytes[kPagesAtOnce];
  iovec from[kPagesAtOnce];
  for (std::size_t i = 0; i < count; ++i) from[i] = {reinterpret_cast<void*>(page + i * page_size()), 1};
  const iovec to = {bytes, count};
  constexpr int kNoFlags = 0;
  const long n = kernel::call(SYS_process_vm_readv, kernel::getpid(), &to, 1, from, count, kNoFlags);
  if (n >= 0) return static_cast<std::size_t>(n);
  return errno == EFAULT ? 0 : count;
}

}  // namespace

bool Readable::note_fault(Address at) noexcept {
  const Address fault = at & ~Address{page_size() - 1};
  for (const Address page : faulted_) {
    if (page == fault) return false;
  }
  faults_ = true;
  known_ = {0, 0};
  faulted_.push(fault);
  return true;
}

bool Readable::find_absent_pages() noexcept {
  known_ = {0, 0};
  return absent_.resize(0) && (!has_userfaultfd() || list_absent_pages(absent_));
}

// `high` when there is none in [low, high).
Address Readable::first_absent(Address low, Address high) const noexcept {
  const std::size_t next = first_that_ends_above(absent_, low);
  if (next == absent_.size() || absent_[next].low >= high) return high;
  return absent_[next].low > low ? absent_[next].low : low;
}

Address Readable::ask(Address low, Address high) const noexcept {
  for (const Address page : faulted_) {
    if (page + page_size() > low && page < high) high = page > low ? page : low;
  }
  high = first_absent(low, high);
  if (high == low || !faults_) return high;
  const std::size_t page = page_size();
  const Address first = low & ~Address{page - 1};
  if (first < known_.low || first > known_.high) known_ = {first, first};
  while (known_.high < high) {
    const std::size_t left = (high - known_.high + page - 1) / page;
    const std::size_t asked = left < kPagesAtOnce ? left : kPagesAtOnce;
    const std::size_t readable = count_readable(known_.high, asked);
    known_.high += readable * page;
    if (readable != asked) return known_.high > low ? known_.high : low;
  }
  return high;
}

}  // namespace gordian::rt
