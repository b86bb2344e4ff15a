// waiting_call.cpp - see waiting_call.h.
#include "process/waiting_call.h"

#include <stdlib.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>

#include "process/task_file.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kCallBytes = 2;    // syscall
constexpr std::size_t kNumberBytes = 5;  // mov $number, %eax: how libc's functions do it

// Calls that end with EINTR whatever the handler's flags, and have then done nothing. Not close(2), which has, and
// not connect(2), which goes on by itself.
constexpr long kCalls[] = {
    SYS_nanosleep,   SYS_clock_nanosleep, SYS_pause,        SYS_rt_sigsuspend, SYS_rt_sigtimedwait,
    SYS_poll,        SYS_ppoll,           SYS_select,       SYS_pselect6,      SYS_epoll_wait,
    SYS_epoll_pwait, SYS_epoll_pwait2,    SYS_futex,        SYS_semop,         SYS_semtimedop,
    SYS_msgrcv,      SYS_msgsnd,          SYS_io_getevents, SYS_accept,        SYS_accept4,
    SYS_recvfrom,    SYS_recvmsg,         SYS_recvmmsg,     SYS_sendto,        SYS_sendmsg,
    SYS_sendmmsg,    SYS_read,            SYS_readv,        SYS_write,         SYS_writev,
};

bool is_called_again(long number) noexcept {
  for (const long call : kCalls) {
    if (call == number) return true;
  }
  return false;
}

bool is_same(const WaitingCall& call, const gregset_t& registers) noexcept {
  constexpr int kArguments[kCallArguments] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
  for (unsigned i = 0; i < kCallArguments; ++i) {
    if (call.arguments[i] != static_cast<std::uint64_t>(registers[kArguments[i]])) return false;
  }
  return call.number >= 0 && call.pc == static_cast<Address>(registers[REG_RIP]) &&
         call.sp == static_cast<Address>(registers[REG_RSP]);
}

// The number that the code in front of the instruction sets; -1 where it does not do so there.
long number_in_code(Address pc) noexcept {
  std::uint8_t code[kNumberBytes + kCallBytes];
  std::memcpy(code, reinterpret_cast<const void*>(pc - sizeof code), sizeof code);
  std::uint32_t number = 0;
  std::memcpy(&number, code + 1, sizeof number);
  return code[0] == 0xb8 ? static_cast<long>(number) : -1;
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
  gregset_t& registers = interrupted.uc_mcontext.gregs;
  if (registers[REG_RAX] != -EINTR) return;
  const auto pc = static_cast<Address>(registers[REG_RIP]);
  const auto* const code = reinterpret_cast<const std::uint8_t*>(pc - kCallBytes);
  if (code[0] != 0x0f || code[1] != 0x05) return;
  const long number = is_same(before, registers) ? before.number : number_in_code(pc);
  if (!is_called_again(number)) return;
  registers[REG_RAX] = number;
  registers[REG_RIP] -= static_cast<greg_t>(kCallBytes);
}

}  // namespace gordian::rt
