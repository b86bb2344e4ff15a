// write_signals.h - writes that send their thread a signal, which would end the program.
//
// SIGXFSZ comes with EFBIG where a file would grow past RLIMIT_FSIZE, SIGPIPE with EPIPE where nobody reads a pipe any more. They
// are held back and taken: were they ignored, each child that is forked meanwhile would start so. One that the program has had
// pending before stays.
#pragma once

#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>

#include "base/kernel.h"

namespace gordian::rt {

class WriteSignalsTaken {
 public:
  WriteSignalsTaken() noexcept {
    kernel::call(SYS_rt_sigprocmask, SIG_BLOCK, &kSignals, &before_, sizeof kSignals);
    if ((before_ & kSignals) != 0) kernel::call(SYS_rt_sigpending, &pending_, sizeof pending_);
  }
  ~WriteSignalsTaken() {
    const timespec at_once = {};
    const std::uint64_t ours = kSignals & ~pending_;
    while (kernel::call(SYS_rt_sigtimedwait, &ours, nullptr, &at_once, sizeof ours) > 0) {
    }
    kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, &before_, nullptr, sizeof before_);
  }
  WriteSignalsTaken(const WriteSignalsTaken&) = delete;
  WriteSignalsTaken& operator=(const WriteSignalsTaken&) = delete;

 private:
  static constexpr std::uint64_t kSignals = std::uint64_t{1} << (SIGXFSZ - 1) | std::uint64_t{1} << (SIGPIPE - 1);
  std::uint64_t before_ = 0;  // signal sets of the kernel's
  std::uint64_t pending_ = 0;
};

}  // namespace gordian::rt
