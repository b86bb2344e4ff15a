// inside.h - the re-entry guard: is this thread already in the runtime?
//
// The unwinder or libc may allocate while we capture or check. Such an allocation,
// and one made by a signal handler that interrupts us, passes through the hooks
// without being tracked.
#pragma once

namespace gordian::rt {

inline thread_local bool t_inside __attribute__((tls_model("initial-exec"))) = false;

class Inside {
 public:
  Inside() noexcept : entered_(!t_inside) { t_inside = true; }
  ~Inside() {
    if (entered_) t_inside = false;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  // False when the thread was inside already: the caller must leave things alone.
  explicit operator bool() const noexcept { return entered_; }

 private:
  bool entered_;
};

}  // namespace gordian::rt
