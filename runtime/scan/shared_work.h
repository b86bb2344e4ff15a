// shared_work.h - a flood's work list that several workers fill and empty.
//
// Each has a list of its own, and takes from it without asking anybody. Where another has run out, a worker with much to
// do puts half of its list here. The flood is over when all have run out.
#pragma once

#include "base/kernel.h"
#include "base/memory.h"
#include "base/spin_lock.h"
#include "scan/workers.h"

namespace gordian::rt {

class SharedWork {
 public:
  // The checking thread has entered: it has the first of the work.
  explicit SharedWork(const Workers& workers) noexcept : workers_(workers), shared_(workers.size() > 1) {}
  SharedWork(const SharedWork&) = delete;
  SharedWork& operator=(const SharedWork&) = delete;

  // Whether anybody else changes what this worker does.
  bool is_shared() const noexcept { return shared_; }

  // A helper takes part from now on.
  void enter() noexcept {
    busy_.fetch_add(1);
    entered_.fetch_add(1);
  }

  // Gives half of `work` away where somebody waits for it.
  void share(PageArray<std::uint32_t>& work) noexcept {
    constexpr std::size_t kWorthSharing = 64;
    if (!shared_ || work.size() < kWorthSharing || waiting_rows_.load(std::memory_order_relaxed) != 0) return;
    if (busy_.load(std::memory_order_relaxed) == entered_.load(std::memory_order_relaxed)) return;
    WorkerLockGuard guard(lock_);
    const std::size_t kept = work.size() / 2;
    while (work.size() > kept) rows_.push(work.pop());
    waiting_rows_.store(rows_.size());
  }

  // For a worker that has run out. Waits for more; false when there will be none.
  bool take(PageArray<std::uint32_t>& work) noexcept {
    if (!shared_) return false;
    busy_.fetch_sub(1);
    for (unsigned round = 1;; ++round) {
      if (workers_.called_off()) return false;
      if (waiting_rows_.load() != 0) {
        busy_.fetch_add(1);
        if (take_rows(work)) return true;
        busy_.fetch_sub(1);
      }
      // In this order: who gives has not run out yet.
      if (busy_.load() == 0 && waiting_rows_.load() == 0) return false;
      if (round % 64 == 0) kernel::sched_yield();
    }
  }

  bool failed() const noexcept { return rows_.failed(); }

 private:
  bool take_rows(PageArray<std::uint32_t>& work) noexcept {
    constexpr std::size_t kAtOnce = 1024;
    WorkerLockGuard guard(lock_);
    for (std::size_t i = 0; i < kAtOnce && !rows_.empty(); ++i) work.push(rows_.pop());
    waiting_rows_.store(rows_.size());
    return !work.empty();
  }

  const Workers& workers_;
  const bool shared_;
  SpinLock lock_;
  PageArray<std::uint32_t> rows_;
  std::atomic<std::size_t> waiting_rows_{0};
  std::atomic<unsigned> entered_{1};
  std::atomic<unsigned> busy_{1};  // of those that have entered: have work, or are about to take some
};

}  // namespace gordian::rt
