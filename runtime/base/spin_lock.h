// spin_lock.h - the runtime's lock, and the rule that keeps it safe.
//
// Held for a few dozen instructions, never across a call that can block or allocate (but for
// the one check at a time, whose second caller has nothing better to do than to wait).
// A thread that holds one is `inside` the runtime (see inside.h), so a signal handler
// that allocates there does not come back for the same lock.
#pragma once

#include <sched.h>

#include <atomic>

namespace gordian::rt {

class SpinLock {
 public:
  constexpr SpinLock() = default;
  void lock() noexcept {
    while (taken_.exchange(true, std::memory_order_acquire)) {
      while (taken_.load(std::memory_order_relaxed)) ::sched_yield();
    }
  }
  void unlock() noexcept { taken_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> taken_{false};
};

class LockGuard {
 public:
  explicit LockGuard(SpinLock& lock) noexcept : lock_(lock) { lock_.lock(); }
  ~LockGuard() { lock_.unlock(); }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace gordian::rt
