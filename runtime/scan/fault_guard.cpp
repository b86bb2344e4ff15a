// fault_guard.cpp - see fault_guard.h.
#include "scan/fault_guard.h"

#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>

#include "base/kernel.h"
#include "base/signal_action.h"

namespace gordian::rt {
namespace {
constinit std::atomic<FaultGuard*> g_guard{nullptr};  // one check at a time
constexpr KernelSignals kFaults = signal_bit(SIGSEGV) | signal_bit(SIGBUS);

bool is_sent(const siginfo_t& info) noexcept { return info.si_code <= 0; }

// As it was: to this thread, or to the process.
void send_again(const siginfo_t& info) noexcept {
  if (info.si_code == SI_TKILL) {
    kernel::call(SYS_rt_tgsigqueueinfo, kernel::getpid(), kernel::call(SYS_gettid), info.si_signo, &info);
  } else {
    kernel::call(SYS_rt_sigqueueinfo, kernel::getpid(), info.si_signo, &info);
  }
}
}  // namespace

FaultGuard::FaultGuard(Workers& workers) noexcept
    : workers_(workers), thread_(static_cast<int>(kernel::call(SYS_gettid))) {
  g_guard.store(this, std::memory_order_release);
  struct sigaction action = {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  set_signal_action(SIGSEGV, &action, &previous_segv_);
  set_signal_action(SIGBUS, &action, &previous_bus_);
  kernel::call(SYS_rt_sigprocmask, SIG_UNBLOCK, &kFaults, &before_, sizeof kFaults);
}

FaultGuard::~FaultGuard() {
  hold_as_before(before_);
  set_signal_action(SIGSEGV, &previous_segv_, nullptr);
  set_signal_action(SIGBUS, &previous_bus_, nullptr);
  g_guard.store(nullptr, std::memory_order_release);
  for (const siginfo_t& info : sent_) {
    if (info.si_signo != 0) send_again(info);
  }
}

// The fault of a thread that is none of the check's is the program's own: its handler comes back, and the faulting
// instruction runs into it again.
void FaultGuard::on_fault(int signal, siginfo_t* info, void* context) {
  FaultGuard* guard = g_guard.load(std::memory_order_acquire);
  if (guard == nullptr) return;
  const int tid = static_cast<int>(kernel::call(SYS_gettid));
  const bool helper = guard->workers_.is_helper(tid);
  if (!helper && tid != guard->thread_) {
    set_signal_action(signal, signal == SIGSEGV ? &guard->previous_segv_ : &guard->previous_bus_, nullptr);
    return;
  }
  if (is_sent(*info)) {
    guard->sent_[signal == SIGSEGV ? 0 : 1] = *info;
    return;
  }
  guard->fault_address_.store(reinterpret_cast<Address>(info->si_addr), std::memory_order_relaxed);
  guard->workers_.call_off();
  if (helper) kernel::call(SYS_exit, 0);
  guard->workers_.join();  // they use what lies on the frames that are left here
  const auto& mask = static_cast<const ucontext_t*>(context)->uc_sigmask;
  kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, &mask, nullptr, sizeof(std::uint64_t));
  __builtin_longjmp(guard->home, 1);
}

}  // namespace gordian::rt
