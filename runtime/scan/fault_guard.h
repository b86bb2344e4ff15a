// fault_guard.h - a word that cannot be read ends the check, not the program.
//
// A program may take access away from its own heap (a guard page inside an aligned
// block). While a check reads memory, SIGSEGV and SIGBUS of this thread come back to
// where the check began.
//
// Usage:  FaultGuard guard;
//         if (sigsetjmp(guard.home, 1) != 0) return could_not_read(guard.fault_address());
#pragma once

#include <setjmp.h>
#include <signal.h>

#include "base/memory.h"

namespace gordian::rt {

class FaultGuard {
 public:
  FaultGuard() noexcept;
  ~FaultGuard();
  FaultGuard(const FaultGuard&) = delete;
  FaultGuard& operator=(const FaultGuard&) = delete;

  Address fault_address() const noexcept { return fault_address_; }

  sigjmp_buf home;

 private:
  static void on_fault(int signal, siginfo_t* info, void* context);

  volatile Address fault_address_ = 0;
  int thread_;
  struct sigaction previous_segv_;
  struct sigaction previous_bus_;
};

}  // namespace gordian::rt
