// file_size_signal.h - writes that may go past RLIMIT_FSIZE.
//
// Such a write fails with EFBIG, and the thread that made it is sent SIGXFSZ, which would end the program. The signal is held
// back and taken: were it ignored, each child that is forked meanwhile would start so. One that the program has had pending
// before stays.
#pragma once

#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>

#include "base/kernel.h"

namespace gordian::rt {

class FileSizeSignalTaken {
 public:
  FileSizeSignalTaken() noexcept {
    kernel::call(SYS_rt_sigprocmask, SIG_BLOCK, &kSignal, &before_, sizeof kSignal);
    if ((before_ & kSignal) != 0) kernel::call(SYS_rt_sigpending, &pending_, sizeof pending_);
  }
  ~FileSizeSignalTaken() {
    const timespec at_once = {};
    if ((pending_ & kSignal) == 0) kernel::call(SYS_rt_sigtimedwait, &kSignal, nullptr, &at_once, sizeof kSignal);
    kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, &before_, nullptr, sizeof before_);
  }
  FileSizeSignalTaken(const FileSizeSignalTaken&) = delete;
  FileSizeSignalTaken& operator=(const FileSizeSignalTaken&) = delete;

 private:
  static constexpr std::uint64_t kSignal = std::uint64_t{1} << (SIGXFSZ - 1);
  std::uint64_t before_ = 0;  // signal sets of the kernel's
  std::uint64_t pending_ = 0;
};

}  // namespace gordian::rt
