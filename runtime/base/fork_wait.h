// fork_wait.h - how long others wait for a fork().
//
// With all locks of ours fork() waits for some of libc's, and for those of handlers that were registered before ours. Who has
// one of these, and comes for a lock of ours, would wait for ever: both would. So it gives up after a time.
#pragma once

#include <time.h>

#include <atomic>

namespace gordian::rt {

inline constinit std::atomic<long> g_forking_since{0};  // milliseconds; 0: no fork() has our locks

inline long coarse_milliseconds() noexcept {
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

// By who forks, with our locks; and when it gives them back, in the child as well.
inline void begin_fork_wait() noexcept { g_forking_since.store(coarse_milliseconds(), std::memory_order_relaxed); }
inline void end_fork_wait() noexcept { g_forking_since.store(0, std::memory_order_relaxed); }

inline bool has_forked_for(long milliseconds) noexcept {
  const long since = g_forking_since.load(std::memory_order_relaxed);
  return since != 0 && coarse_milliseconds() - since >= milliseconds;
}
// Of who can do without.
inline bool waited_enough_for_fork() noexcept { return has_forked_for(1000); }
// Of a check, and of what one cannot do without.
inline bool waited_long_for_fork() noexcept { return has_forked_for(10000); }

}  // namespace gordian::rt
