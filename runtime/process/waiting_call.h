// waiting_call.h - the system call that a thread waits in, and how it goes on waiting when our signal has ended it.
//
// A handler that is installed with SA_RESTART does not make the kernel take up all calls again: sleeping,
// polling, pausing and what has a timeout end with EINTR (signal(7), "Interruption of system calls"). The
// program has no such handler, and need not expect that: a watchdog's sleep(300) would be over, an epoll_wait(-1) fail. So the handler
// makes the thread call again. A relative timeout begins anew.
#pragma once

#include <ucontext.h>

#include <cstdint>

#include "base/memory.h"

namespace gordian::rt {

inline constexpr unsigned kCallArguments = 6;

struct WaitingCall {
  long number = -1;  // -1: it waits in none
  std::uint64_t arguments[kCallArguments] = {};
  Address sp = 0;
  Address pc = 0;  // behind the instruction
};

// What the kernel says of the thread (/proc/self/task/TID/syscall).
WaitingCall waiting_call_of(int tid) noexcept;

// In a handler, for the thread that it interrupts: if that leaves one of those calls with EINTR, makes it the next
// thing that the thread does, unless a handler of the program's ends it (late_signals.h). `before` is what it waited in when it was sent the signal. Should it have gone on since,
// the code may say which call it is, or nobody (machine/system_call.h): then it is left at that.
void call_again(const WaitingCall& before, ucontext_t& interrupted) noexcept;

}  // namespace gordian::rt
