// live_reader.cpp - see live_reader.h.
#include "scan/live_reader.h"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/kernel.h"

namespace gordian::rt {

bool LiveReader::read(Address low, Address high) noexcept {
  const std::size_t size = high - low;
  const iovec to = {buffer_.data(), size};
  const iovec from = {reinterpret_cast<void*>(low), size};
  // Each 64 bits wide: of an int that syscall() takes from the stack, clang writes the lower half only,
  // and the kernel refuses flags with anything in the upper one.
  constexpr unsigned long kOne = 1;
  constexpr unsigned long kNoFlags = 0;
  const long n = ::syscall(SYS_process_vm_readv, kernel::getpid(), &to, kOne, &from, kOne, kNoFlags);
  if (n < 0 && errno != EFAULT) denied_ = true;
  return n == static_cast<long>(size);
}

}  // namespace gordian::rt
