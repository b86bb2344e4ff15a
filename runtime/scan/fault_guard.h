// fault_guard.h - a word that cannot be read ends the check, not the program.
//
// A program may take access away from its own heap (a guard page inside an aligned
// block). While a check reads memory, SIGSEGV and SIGBUS of this thread come back to
// where the check began, when no helper works for it any more; and a helper's end the helper.
// So they are open meanwhile, also where the program blocks them: blocked, a fault ends the process. One that
// somebody has sent is no fault: it comes again when all is as it was.
//
// Usage:  FaultGuard guard(workers);
//         if (__builtin_setjmp(guard.home) != 0) return could_not_read(guard.fault_address());
//         ...  // whose work may have been called off: then at guard.fault_address()
#pragma once

#include <signal.h>

#include <atomic>

#include "base/memory.h"
#include "base/signals_held.h"
#include "scan/workers.h"

namespace gordian::rt {

class FaultGuard {
 public:
  explicit FaultGuard(Workers& workers) noexcept;
  ~FaultGuard();
  FaultGuard(const FaultGuard&) = delete;
  FaultGuard& operator=(const FaultGuard&) = delete;

  // Of one fault, where there were several.
  Address fault_address() const noexcept { return fault_address_.load(std::memory_order_relaxed); }

  // The compiler's own: a sanitizer's siglongjmp() takes locks that paused threads hold, and wants a thread of libc's.
  void* home[5];

 private:
  static void on_fault(int signal, siginfo_t* info, void* context);

  Workers& workers_;
  std::atomic<Address> fault_address_{0};
  int thread_;
  KernelSignals before_;
  siginfo_t sent_[2] = {};  // SIGSEGV and SIGBUS; si_signo 0: none
  struct sigaction previous_segv_;
  struct sigaction previous_bus_;
};

}  // namespace gordian::rt
