// spin_lock.h - the runtime's lock, and the rule that keeps it safe.
//
// Held for a few dozen instructions, never across a call that can block or allocate, but for what keeps others out while a check
// looks at memory (start/scan_memory.cpp). Whoever holds one runs no signal
// handler: that might come back for the same lock, fork(), or never return (siglongjmp(), a cancellation), and nobody
// would give the lock back. Whoever waits for one runs them, and can be paused.
#pragma once

#include <atomic>

#include "base/kernel.h"
#include "base/signals_held.h"
#include "machine/thread_area.h"

namespace gordian::rt {

class SpinLock {
 public:
  constexpr SpinLock() = default;
  bool try_lock() noexcept {
    Address nobody = 0;
    return holder_.compare_exchange_strong(nobody, thread_pointer(), std::memory_order_acquire, std::memory_order_relaxed);
  }
  void lock() noexcept {
    lock_unless([]() noexcept { return false; });
  }
  // Waits for it, or until gives_up(). Says whether it was got.
  template <class GivesUp>
  bool lock_unless(GivesUp gives_up) noexcept {
    while (!try_lock()) {
      if (gives_up()) return false;
      kernel::sched_yield();
    }
    return true;
  }
  void unlock() noexcept { holder_.store(0, std::memory_order_release); }

  bool is_taken() const noexcept { return holder_.load(std::memory_order_relaxed) != 0; }
  // Whether the calling thread has it: a signal that an instruction raises may be handled meanwhile.
  bool is_mine() const noexcept { return holder_.load(std::memory_order_relaxed) == thread_pointer(); }

 private:
  std::atomic<Address> holder_{0};  // its thread pointer; a worker's is that of the checking thread
};

class LockGuard {
 public:
  explicit LockGuard(SpinLock& lock) noexcept : LockGuard(lock, []() noexcept { return false; }) {}
  // Waits for it, or until gives_up(): see is_locked().
  template <class GivesUp>
  LockGuard(SpinLock& lock, GivesUp gives_up) noexcept : lock_(lock), before_(hold_signals(kHeldSignals)) {
    while (!(locked_ = lock_.try_lock()) && !gives_up()) {
      hold_as_before(before_);
      kernel::sched_yield();
      hold_signals(kHeldSignals);
    }
  }
  ~LockGuard() {
    if (locked_) lock_.unlock();
    hold_as_before(before_);
  }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

  bool is_locked() const noexcept { return locked_; }

 private:
  SpinLock& lock_;
  const KernelSignals before_;
  bool locked_ = false;
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
