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
  constexpr int kNoFlags = 0;
  const long n = kernel::call(SYS_process_vm_readv, kernel::getpid(), &to, 1, &from, 1, kNoFlags);
  if (n < 0 && errno != EFAULT) denied_ = true;
  return n == static_cast<long>(size);
}

}  // namespace gordian::rt
