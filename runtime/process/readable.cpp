// readable.cpp - see readable.h. A byte of each page is copied by process_vm_readv(), which ends where a load would crash.
#include "process/readable.h"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace gordian::rt {
namespace {

constexpr std::size_t kPagesAtOnce = 256;

// How many of the `count` pages from `page` on can be read, all before the first that cannot.
std::size_t count_readable(Address page, std::size_t count) noexcept {
  char bytes[kPagesAtOnce];
  iovec from[kPagesAtOnce];
  for (std::size_t i = 0; i < count; ++i) from[i] = {reinterpret_cast<void*>(page + i * page_size()), 1};
  const iovec to = {bytes, count};
  // Each 64 bits wide: see live_reader.cpp.
  constexpr unsigned long kOne = 1;
  constexpr unsigned long kNoFlags = 0;
  const long n = ::syscall(SYS_process_vm_readv, ::getpid(), &to, kOne, from, static_cast<unsigned long>(count), kNoFlags);
  if (n >= 0) return static_cast<std::size_t>(n);
  return errno == EFAULT ? 0 : count;
}

}  // namespace

void Readable::note_fault(Address at) noexcept {
  asks_ = true;
  faulted_.push(at & ~Address{page_size() - 1});
}

Address Readable::ask(Address low, Address high) const noexcept {
  for (const Address page : faulted_) {
    if (page + page_size() > low && page < high) high = page > low ? page : low;
  }
  const std::size_t page = page_size();
  for (Address at = low & ~Address{page - 1}; at < high;) {
    const std::size_t left = (high - at + page - 1) / page;
    const std::size_t asked = left < kPagesAtOnce ? left : kPagesAtOnce;
    const std::size_t readable = count_readable(at, asked);
    at += readable * page;
    if (readable != asked) return at > low ? at : low;
  }
  return high;
}

}  // namespace gordian::rt
