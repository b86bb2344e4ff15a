// signals_held.h - no handler runs on this thread: neither the program's, nor libc's for a cancellation, nor our own.
// And no cancellation acts.
//
// By the system call: pthread_sigmask() leaves out the two signals that libc keeps for itself, and a sanitizer's
// version of it is not asked.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "base/kernel.h"

namespace gordian::rt {

using KernelSignals = std::uint64_t;  // a set: bit N - 1 is signal N
constexpr KernelSignals signal_bit(int signal) { return KernelSignals{1} << (signal - 1); }
// All but those that an instruction itself raises. Held back, one would end the process: the fault guard needs them,
// a program under a system call filter of its own may answer SIGSYS, and one that steps through itself SIGTRAP. What the
// program blocks itself stays blocked: it may be pending.
inline constexpr KernelSignals kHeldSignals = ~(signal_bit(SIGSEGV) | signal_bit(SIGBUS) | signal_bit(SIGILL) |
                                                signal_bit(SIGFPE) | signal_bit(SIGTRAP) | signal_bit(SIGSYS));

// Beside those that are held already. Returns these. errno stays as it is.
inline KernelSignals hold_signals(KernelSignals held) noexcept {
  KernelSignals before = 0;
  const int saved = errno;
  kernel::call(SYS_rt_sigprocmask, SIG_BLOCK, &held, &before, sizeof held);
  errno = saved;
  return before;
}
// What hold_signals() has returned is held, and no other.
inline void hold_as_before(KernelSignals before) noexcept {
  const int saved = errno;
  kernel::call(SYS_rt_sigprocmask, SIG_SETMASK, &before, nullptr, sizeof before);
  errno = saved;
}

// As sigaction() takes a set.
inline sigset_t signal_set(KernelSignals signals) noexcept {
  sigset_t set = {};
  __builtin_memcpy(&set, &signals, sizeof signals);
  return set;
}

class SignalsHeld {
 public:
  explicit SignalsHeld(KernelSignals held = kHeldSignals) noexcept : before_(hold_signals(held)) {}
  ~SignalsHeld() { hold_as_before(before_); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  KernelSignals before_;
};

// What waits, reads or writes is a cancellation point: the thread would end there, and unwind through frames of ours
// that clean up nothing. So no cancellation acts meanwhile; the next point of the program's own is soon enough. It
// acts when this ends where the thread has asked for any moment: so it comes before all else.
class NotCancelled {
 public:
  NotCancelled() noexcept { ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~NotCancelled() { ::pthread_setcancelstate(before_, nullptr); }
  NotCancelled(const NotCancelled&) = delete;
  NotCancelled& operator=(const NotCancelled&) = delete;

 private:
  int before_ = PTHREAD_CANCEL_ENABLE;
};

}  // namespace gordian::rt
