// waiting_call.cpp - see waiting_call.h.
#include "process/waiting_call.h"

#include <stdlib.h>
#include <sys/syscall.h>

#include <cerrno>

#include "machine/system_call.h"
#include "process/late_signals.h"
#include "process/task_file.h"

namespace gordian::rt {
namespace {

// Calls that end with EINTR whatever the handler's flags, and have then done nothing. Not close(2), which has closed. But
// connect(2): what it has begun, where it has a timeout, goes on by itself, and called again it waits for that.
constexpr long kCalls[] = {
    SYS_nanosleep,    SYS_clock_nanosleep, SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_ppoll,
    SYS_pselect6,     SYS_epoll_pwait,     SYS_epoll_pwait2,  SYS_futex,           SYS_semop,
    SYS_semtimedop,   SYS_msgrcv,          SYS_msgsnd,        SYS_io_getevents,    SYS_accept,
    SYS_accept4,      SYS_recvfrom,        SYS_recvmsg,       SYS_recvmmsg,        SYS_sendto,
    SYS_sendmsg,      SYS_sendmmsg,        SYS_read,          SYS_readv,           SYS_write,
    SYS_writev,       SYS_preadv2,         SYS_pwritev2,      SYS_splice,          SYS_sendfile,
    SYS_connect,      SYS_io_uring_enter,  SYS_io_pgetevents,
};

bool is_called_again(long number) noexcept {
  for (const long call : kCalls) {
    if (call == number) return true;
  }
  for (const long call : kOldWaitingCalls) {
    if (call == number && call >= 0) return true;
  }
  return false;
}

}  // namespace

WaitingCall waiting_call_of(int tid) noexcept {
  WaitingCall call;
  char text[256];
  if (!read_task_file(tid, "syscall", text)) return call;
  // "35 0x7ffd... (six arguments) 0x(stack pointer) 0x(program counter)", or "running", or "-1 ...".
  if (text[0] < '0' || text[0] > '9') return call;
  char* at = nullptr;
  const auto number = static_cast<long>(::strtoull(text, &at, 10));
  for (std::uint64_t& argument : call.arguments) argument = ::strtoull(at, &at, 16);
  call.sp = ::strtoull(at, &at, 16);
  call.pc = ::strtoull(at, &at, 16);
  call.number = number;
  return call;
}

void call_again(const WaitingCall& before, ucontext_t& interrupted) noexcept {
  const long number = interrupted_call(before, interrupted);
  const bool is_ended = is_called_again(number);
  const bool is_repeated = !is_ended && is_repeated_call(before, interrupted);  // by the kernel
  if (!is_ended && !is_repeated) return;
  const LateHandlers late = late_handlers(interrupted);
  if (is_ended && late == LateHandlers::none) repeat_call(before, number, interrupted);
  if (is_repeated && late == LateHandlers::ending) end_call(interrupted);
}

}  // namespace gordian::rt
