// inside.h - the re-entry guard: is this thread already in the runtime?
//
// The unwinder or libc may allocate while we capture or check. Such an allocation, and one made by a signal handler
// that interrupts us, is tracked without a stack.
//
// A handler may leave by siglongjmp(), and the guard with it. So it is known by where it lies: a guard further down
// the stack than who asks is one that was left. A handler on a stack of its own may be mistaken in that: then it
// captures, too. Nothing is locked that it could come back for (spin_lock.h).
#pragma once

#include "base/memory.h"

namespace gordian::rt {

inline thread_local Address t_inside __attribute__((tls_model("initial-exec"))) = 0;  // the guard; 0: none

class Inside {
 public:
  Inside() noexcept : entered_(t_inside == 0 || t_inside <= reinterpret_cast<Address>(this)) {
    if (entered_) t_inside = reinterpret_cast<Address>(this);
  }
  ~Inside() {
    if (entered_) t_inside = 0;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  // False when the thread was inside already: the caller captures nothing.
  explicit operator bool() const noexcept { return entered_; }

 private:
  bool entered_;
};

}  // namespace gordian::rt
