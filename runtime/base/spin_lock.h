// spin_lock.h - the runtime's lock, and the rule that keeps it safe.
//
// Held for a few dozen instructions, never across a call that can block or allocate. Whoever holds one runs no signal
// handler: that might come back for the same lock, fork(), or never return (siglongjmp(), a cancellation), and nobody
// would give the lock back. Whoever waits for one runs them, and can be paused.
#pragma once

#include <sched.h>

#include <atomic>

#include "base/signals_held.h"

namespace gordian::rt {

class SpinLock {
 public:
  constexpr SpinLock() = default;
  bool try_lock() noexcept { return !taken_.exchange(true, std::memory_order_acquire); }
  void lock() noexcept {
    while (!try_lock()) {
      while (taken_.load(std::memory_order_relaxed)) ::sched_yield();
    }
  }
  void unlock() noexcept { taken_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> taken_{false};
};

class LockGuard {
 public:
  explicit LockGuard(SpinLock& lock) noexcept : lock_(lock), before_(hold_signals(kHeldSignals)) {
    while (!lock_.try_lock()) {
      hold_as_before(before_);
      ::sched_yield();
      hold_signals(kHeldSignals);
    }
  }
  ~LockGuard() {
    lock_.unlock();
    hold_as_before(before_);
  }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

 private:
  SpinLock& lock_;
  const KernelSignals before_;
};

// For who takes no signals anyway: the scan's workers.
class WorkerLockGuard {
 public:
  explicit WorkerLockGuard(SpinLock& lock) noexcept : lock_(lock) { lock_.lock(); }
  ~WorkerLockGuard() { lock_.unlock(); }
  WorkerLockGuard(const WorkerLockGuard&) = delete;
  WorkerLockGuard& operator=(const WorkerLockGuard&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace gordian::rt
