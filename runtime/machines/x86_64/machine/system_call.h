// system_call.h - a thread that a signal has interrupted in a system call, on x86-64.
#pragma once

#include <sys/syscall.h>

#include <cerrno>
#include <cstring>

#include "process/waiting_call.h"

namespace gordian::rt {

// Those of process/waiting_call.cpp that newer machines do without.
inline constexpr long kOldWaitingCalls[] = {SYS_pause, SYS_poll, SYS_select, SYS_epoll_wait};

// One that newer machines do without, in which a thread may wait for its child.
inline constexpr long kOldForkWaits = SYS_vfork;

// The number of the call that the thread leaves with EINTR; -1: it leaves none, or one that nobody can tell. Should it not be
// the one `before` is about, the code says which, where it sets the number right before: how libc's functions do it.
inline long interrupted_call(const WaitingCall& before, const ucontext_t& interrupted) noexcept {
  constexpr std::size_t kCallBytes = 2;    // syscall
  constexpr std::size_t kNumberBytes = 5;  // mov $number, %eax
  const gregset_t& registers = interrupted.uc_mcontext.gregs;
  if (registers[REG_RAX] != -EINTR) return -1;
  const auto pc = static_cast<Address>(registers[REG_RIP]);
  const auto* const instruction = reinterpret_cast<const std::uint8_t*>(pc - kCallBytes);
  if (instruction[0] != 0x0f || instruction[1] != 0x05) return -1;
  constexpr int kArguments[kCallArguments] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
  bool same = before.number >= 0 && before.pc == pc && before.sp == static_cast<Address>(registers[REG_RSP]);
  for (unsigned i = 0; i < kCallArguments; ++i) {
    same = same && before.arguments[i] == static_cast<std::uint64_t>(registers[kArguments[i]]);
  }
  if (same) return before.number;
  std::uint8_t code[kNumberBytes];
  std::memcpy(code, instruction - kNumberBytes, sizeof code);
  std::uint32_t number = 0;
  std::memcpy(&number, code + 1, sizeof number);
  return code[0] == 0xb8 ? static_cast<long>(number) : -1;
}

// Makes that call the next thing that the thread does.
inline void repeat_call(const WaitingCall&, long number, ucontext_t& interrupted) noexcept {
  interrupted.uc_mcontext.gregs[REG_RAX] = number;
  interrupted.uc_mcontext.gregs[REG_RIP] -= 2;
}

// Whether the kernel has done so with the call that `before` is about.
inline bool is_repeated_call(const WaitingCall& before, const ucontext_t& interrupted) noexcept {
  const gregset_t& registers = interrupted.uc_mcontext.gregs;
  return before.number >= 0 && registers[REG_RAX] == before.number &&
         static_cast<Address>(registers[REG_RIP]) + 2 == before.pc && static_cast<Address>(registers[REG_RSP]) == before.sp;
}

// Makes the thread leave it with EINTR.
inline void end_call(ucontext_t& interrupted) noexcept {
  interrupted.uc_mcontext.gregs[REG_RAX] = -EINTR;
  interrupted.uc_mcontext.gregs[REG_RIP] += 2;
}

}  // namespace gordian::rt
