// system_call.h - a thread that a signal has interrupted in a system call, on aarch64.
//
// x8 has the call's number all the time, but the result is where its first argument was. That is known of a call only that
// the kernel has told of before the signal was sent.
#pragma once

#include <cerrno>
#include <cstring>

#include "process/waiting_call.h"

namespace gordian::rt {

// Those of process/waiting_call.cpp that newer machines do without: none.
inline constexpr long kOldWaitingCalls[] = {-1};

// One that newer machines do without, in which a thread may wait for its child: none.
inline constexpr long kOldForkWaits = -1;

// The number of the call that the thread leaves with EINTR; -1: it leaves none, or not the one that `before` is about.
inline long interrupted_call(const WaitingCall& before, const ucontext_t& interrupted) noexcept {
  constexpr std::uint32_t kCall = 0xd4000001;  // svc #0
  const mcontext_t& registers = interrupted.uc_mcontext;
  if (registers.regs[0] != static_cast<std::uint64_t>(-EINTR)) return -1;
  std::uint32_t instruction = 0;
  std::memcpy(&instruction, reinterpret_cast<const void*>(registers.pc - sizeof instruction), sizeof instruction);
  bool same = instruction == kCall && before.number >= 0 && before.pc == registers.pc && before.sp == registers.sp &&
              registers.regs[8] == static_cast<std::uint64_t>(before.number);
  for (unsigned i = 1; i < kCallArguments; ++i) same = same && before.arguments[i] == registers.regs[i];
  return same ? before.number : -1;
}

// Makes that call the next thing that the thread does.
inline void repeat_call(const WaitingCall& before, long, ucontext_t& interrupted) noexcept {
  interrupted.uc_mcontext.regs[0] = before.arguments[0];
  interrupted.uc_mcontext.pc -= 4;
}

// Whether the kernel has done so with the call that `before` is about.
inline bool is_repeated_call(const WaitingCall& before, const ucontext_t& interrupted) noexcept {
  const mcontext_t& registers = interrupted.uc_mcontext;
  return before.number >= 0 && registers.regs[8] == static_cast<std::uint64_t>(before.number) &&
         registers.pc + 4 == before.pc && registers.sp == before.sp && registers.regs[0] == before.arguments[0];
}

// Makes the thread leave it with EINTR.
inline void end_call(ucontext_t& interrupted) noexcept {
  interrupted.uc_mcontext.regs[0] = static_cast<std::uint64_t>(-EINTR);
  interrupted.uc_mcontext.pc += 4;
}

}  // namespace gordian::rt
