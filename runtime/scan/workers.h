// workers.h - the scan's work, on as many processors as the program may use.
//
// Helpers are kernel threads that the C library does not know of: they share the checking thread's thread pointer, and
// its errno with it, have their stacks in our own pages, block the signals that it blocks, and are gone before the
// check goes on. Where none can be started (a limit, a seccomp filter), the checking thread does all of the work.
//
// Context: the program's other threads are paused. A helper makes no call that needs a thread of the C library's.
//
// Usage:  Workers workers;
//         workers.use_helpers_for(blocks);
//         Chunks chunks(rows);
//         workers.run([&](unsigned worker) { chunks.for_each([&](std::uint32_t chunk, auto first, auto last) {...}); });
#pragma once

#include <atomic>
#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

class Workers {
 public:
  static constexpr unsigned kMost = 4;  // more would wait for memory, not for processors

  Workers() = default;
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers();

  // A small heap is scanned before a helper has started.
  void use_helpers_for(std::size_t blocks) noexcept;

  // The checking thread is one of them.
  unsigned size() const noexcept { return size_; }

  // Calls work(w) for each w below size(), at the same time where helpers start; w = 0 is the calling thread.
  // False when one has called off the work.
  template <class Work>
  [[nodiscard]] bool run(Work&& work) noexcept {
    start([](void* context, unsigned worker) { (*static_cast<Work*>(context))(worker); }, &work);
    return !called_off();
  }

  // Whoever waits for others stops; for good.
  void call_off() noexcept { called_off_.store(true, std::memory_order_release); }
  bool called_off() const noexcept { return called_off_.load(std::memory_order_acquire); }

  bool is_helper(int tid) const noexcept;
  // Waits until no helper runs.
  void join() noexcept;

 private:
  using Call = void (*)(void* context, unsigned worker);
  struct Helper {
    std::atomic<int> tid{0};  // the kernel clears it when the helper is gone
    Call call = nullptr;
    void* context = nullptr;
    unsigned worker = 0;
  };
  static int work_as_helper(void* helper) noexcept;
  bool start_helper(unsigned worker, Call call, void* context) noexcept;
  void start(Call call, void* context) noexcept;

  unsigned size_ = 1;
  char* stacks_ = nullptr;
  Helper helpers_[kMost - 1];
  std::atomic<bool> called_off_{false};
};

// Rows 0 to count - 1, a chunk of them for whichever worker comes next.
class Chunks {
 public:
  explicit Chunks(std::size_t count) noexcept : count_(static_cast<std::uint32_t>(count)) {}

  std::uint32_t size() const noexcept { return (count_ + kRows - 1) / kRows; }

  // Calls visit(chunk, its first row, one past its last) for each that this worker gets, by ascending rows.
  template <class Visit>
  void for_each(Visit&& visit) noexcept {
    for (std::uint32_t c = next(); c < size(); c = next()) {
      const std::uint32_t first = c * kRows;
      visit(c, first, count_ - first < kRows ? count_ : first + kRows);
    }
  }

 private:
  static constexpr std::uint32_t kRows = 4096;

  std::uint32_t next() noexcept { return next_.fetch_add(1, std::memory_order_relaxed); }

  const std::uint32_t count_;
  std::atomic<std::uint32_t> next_{0};
};

}  // namespace gordian::rt
