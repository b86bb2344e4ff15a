// fault_guard.cpp - see fault_guard.h.
#include "scan/fault_guard.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace gordian::rt {
namespace {
constinit std::atomic<FaultGuard*> g_guard{nullptr};  // one check at a time
}

FaultGuard::FaultGuard() noexcept : thread_(static_cast<int>(::syscall(SYS_gettid))) {
  g_guard.store(this, std::memory_order_release);
  struct sigaction action = {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGSEGV, &action, &previous_segv_);
  ::sigaction(SIGBUS, &action, &previous_bus_);
}

FaultGuard::~FaultGuard() {
  ::sigaction(SIGSEGV, &previous_segv_, nullptr);
  ::sigaction(SIGBUS, &previous_bus_, nullptr);
  g_guard.store(nullptr, std::memory_order_release);
}

// Another thread's fault is the program's own: its handler comes back, and the faulting
// instruction runs into it again.
void FaultGuard::on_fault(int signal, siginfo_t* info, void*) {
  FaultGuard* guard = g_guard.load(std::memory_order_acquire);
  if (guard != nullptr && guard->thread_ == static_cast<int>(::syscall(SYS_gettid))) {
    guard->fault_address_ = reinterpret_cast<Address>(info->si_addr);
    ::siglongjmp(guard->home, 1);
  }
  if (guard != nullptr) ::sigaction(signal, signal == SIGSEGV ? &guard->previous_segv_ : &guard->previous_bus_, nullptr);
}

}  // namespace gordian::rt
