// moving_block.h - the block that this thread's realloc() is about to move.
//
// Its entry is gone before realloc() begins, as the old place may be another thread's block before realloc() returns.
// A thread that is paused in between would have a block that nobody knows of, with all that only it leads to. So it
// is not paused there (process/threads.cpp): but where it waits for libc's lock, which a paused thread may hold. Then
// nothing has moved yet, or the old block has not been freed yet: its words are what they were, and its entry comes
// back for the length of the pause.
//
// A handler may leave realloc() by siglongjmp(), and the guard with it. As in base/inside.h, one further down the stack
// than who asks was left.
#pragma once

#include "tables/live.h"

namespace gordian::rt {

struct MovingBlock {
  Address start;  // 0: there is none
  std::uint32_t entry;
  bool is_waited_for;  // somebody would pause this thread
  Address guard;       // of `start`: where its Moving lies
};
inline thread_local MovingBlock t_moving __attribute__((tls_model("initial-exec"))) = {0, 0, false, 0};

// Whether the code that runs with that stack pointer is in the middle of realloc(), or of a handler that has
// interrupted it.
inline bool is_moving_at(Address sp) noexcept { return t_moving.start != 0 && t_moving.guard >= sp; }

// The entry is taken out of the table while one lives.
class Moving {
 public:
  Moving(Address start, std::uint32_t entry) noexcept : around_(t_moving) {
    publish(0);
    t_moving.entry = entry;
    t_moving.guard = reinterpret_cast<Address>(this);
    publish(start);
    g_live.blocks.clear(start);
  }
  ~Moving() {
    publish(0);
    t_moving.entry = around_.entry;
    t_moving.guard = around_.guard;
    publish(around_.guard > reinterpret_cast<Address>(this) ? around_.start : 0);
  }
  Moving(const Moving&) = delete;
  Moving& operator=(const Moving&) = delete;

 private:
  // In the program's order for a handler of this thread.
  static void publish(Address start) noexcept {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    *const_cast<volatile Address*>(&t_moving.start) = start;
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }

  const MovingBlock around_;  // of the call that a signal handler has interrupted
};

// In a handler, on the thread that it has interrupted: its entry is there while one of these lives. Where the place is
// somebody else's by now, realloc() was left by a siglongjmp().
class MovingBlockBack {
 public:
  MovingBlockBack() noexcept : start_(t_moving.start != 0 && g_live.blocks.get(t_moving.start) == 0 ? t_moving.start : 0) {
    if (start_ != 0) g_live.blocks.set(start_, t_moving.entry);
  }
  ~MovingBlockBack() {
    if (start_ != 0) g_live.blocks.clear(start_);
  }
  MovingBlockBack(const MovingBlockBack&) = delete;
  MovingBlockBack& operator=(const MovingBlockBack&) = delete;

 private:
  const Address start_;
};

}  // namespace gordian::rt
