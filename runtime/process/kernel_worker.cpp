// kernel_worker.cpp - see kernel_worker.h.
#include "process/kernel_worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals_held.h"
#include "process/task_file.h"
#include "process/waiting_call.h"

namespace gordian::rt {

// Format: proc(5), /proc/pid/stat. The name, in parentheses, may have any characters.
bool read_task_flags(int tid, std::uint64_t& flags) noexcept {
  constexpr int kFlagsField = 9;
  char text[1024];
  if (!read_task_file(tid, "stat", text)) return false;
  const char* field = strrchr(text, ')');
  for (int number = 2; field != nullptr && number < kFlagsField; ++number) {
    field = strchr(field, ' ');
    if (field != nullptr) ++field;
  }
  flags = field != nullptr ? ::strtoull(field, nullptr, 10) : 0;
  return true;
}

// There are such threads since Linux 5.12, where PF_IO_WORKER is 0x10; since 6.4 each has PF_USER_WORKER. Before, these
// bits meant something else: that a processor runs a virtual machine for the thread, that it has begun something that
// the kernel does later. So the other signs must agree. They block all signals that can be blocked: a program's thread
// does that by the system call alone, for libc leaves two out. And they have no stack: the kernel says so unless they run.
bool is_kernel_worker(int tid) noexcept {
  constexpr std::uint64_t kIoWorker = 0x10;
  constexpr std::uint64_t kUserWorker = 0x4000;
  constexpr KernelSignals kAll = ~(signal_bit(SIGKILL) | signal_bit(SIGSTOP));
  std::uint64_t flags = 0;
  if (!read_task_flags(tid, flags) || (flags & (kIoWorker | kUserWorker)) == 0) return false;
  char text[4096];
  if (!read_task_file(tid, "status", text)) return false;
  const char* blocked = strstr(text, "\nSigBlk:\t");
  return blocked != nullptr && ::strtoull(blocked + 9, nullptr, 16) == kAll && waiting_call_of(tid).sp == 0;
}

}  // namespace gordian::rt
