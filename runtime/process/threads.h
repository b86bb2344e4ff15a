// threads.h - holds every other thread still while memory is read.
//
// Each thread gets SIGURG: like Go's scheduler we take the signal that programs ignore by
// default, that debuggers pass on without stopping, and that may come at any time anyway.
// Its handler notes where its registers are and waits. No ptrace: works in containers and under gdb.
// A thread that blocks the signal, or waits for it by sigwait(), is sent libc's (libc_signal.h); one that blocks that, too, none.
//
// Context: after pause() no lock of libc's or of the loader's may be taken until
// resume(): a paused thread may hold it.
#pragma once

#include <signal.h>

#include <atomic>
#include <cstdint>

#include "base/memory.h"
#include "machine/interrupted.h"
#include "process/waiting_call.h"

namespace gordian::rt {

struct PausedThread {
  std::atomic<int> state;  // ThreadState
  int tid;
  Address sp;              // where the signal interrupted it
  Address tp;              // its thread pointer: the thread control block
  void* fake_stack;        // process/sanitizer.h
  const ucontext_t* context;  // what the signal interrupted, on its stack: there while it is paused
  WaitingCall waits_in;    // when it was sent the signal
  std::atomic<bool> may_put_off;
  std::atomic<int> signal;  // the one that it is sent
  std::uint64_t ran_before; // of one that hears no signal: how long it had run when that was found, in nanoseconds; else 0
};

inline constexpr int kPauseSignal = SIGURG;

// Whether the program has another thread than this one that has not ended yet. In doubt it has.
bool runs_other_threads() noexcept;

// In a child that was forked while threads were held still: none is, and the signal is the program's.
void note_forked_pause() noexcept;

// See PausedThreads::hold_to_end().
void resume_at_end() noexcept;

// For a thread that was in the middle of moving a block when it was to be paused.
void pause_after_move() noexcept;

class PausedThreads {
 public:
  PausedThreads() = default;
  PausedThreads(const PausedThreads&) = delete;
  PausedThreads& operator=(const PausedThreads&) = delete;
  ~PausedThreads() { resume(); }

  void pause() noexcept;
  void resume() noexcept;
  // Instead, behind main(): globals are destroyed, and a thread that goes on beside the tool uses them, where without it the process
  // would be gone. So they wait on until resume_at_end(), or for two seconds.
  void hold_to_end() noexcept;

  // Threads that did not answer in time (signal blocked or waited for, or stuck in the kernel).
  std::uint64_t unanswered() const noexcept { return unanswered_; }

  template <class Visit>
  void for_each(Visit&& visit) const noexcept;
  // Of those that did not answer.
  template <class Visit>
  void for_each_unanswered(Visit&& visit) const noexcept;

  static constexpr std::size_t kMostThreads = 32768;  // the kernel's default limit for one process

 private:
  bool signal_new_threads() noexcept;
  void wait_for_answers() noexcept;
  void leave_handlers() noexcept;

  PausedThread* threads_ = nullptr;
  std::size_t count_ = 0;
  std::uint64_t unanswered_ = 0;
};

// kPutOff: it was in no place to be paused in, and comes back for it. kUnanswered: the signal may still reach it.
enum ThreadState : int { kNotSignalled, kSignalled, kPutOff, kPaused, kResumed, kGone, kUnanswered, kDeaf };

template <class Visit>
void PausedThreads::for_each_unanswered(Visit&& visit) const noexcept {
  for (std::size_t i = 0; i < count_; ++i) {
    const int state = threads_[i].state.load(std::memory_order_acquire);
    if (state == kUnanswered || state == kDeaf) visit(threads_[i]);
  }
}

template <class Visit>
void PausedThreads::for_each(Visit&& visit) const noexcept {
  for (std::size_t i = 0; i < count_; ++i) {
    if (threads_[i].state.load(std::memory_order_acquire) == kPaused) visit(threads_[i]);
  }
}

}  // namespace gordian::rt
