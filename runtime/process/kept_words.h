// kept_words.h - words that the kernel keeps for the program, and gives back to it.
//
// An event loop may have no other pointer to what waits than `epoll_event::data`, a program none to what a timer is for
// but `sigevent::sigev_value`. Both are shown in /proc. What is not: requests of aio, values of queued signals,
// and requests of io_uring, which lie in its ring (memory_map.h).
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Adds them. What cannot be read is left out. Call it while the other threads are paused.
void list_kept_words(PageArray<std::uint64_t>& words) noexcept;

}  // namespace gordian::rt
