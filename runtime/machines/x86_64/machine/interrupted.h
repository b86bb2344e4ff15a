// interrupted.h - what a signal handler sees of the x86-64 thread that it interrupts.
#pragma once

#include <ucontext.h>

#include "base/memory.h"

namespace gordian::rt {

inline constexpr unsigned kGeneralRegisters = 16;
inline constexpr unsigned kVectorWords = 32;  // xmm0 to xmm15
inline constexpr unsigned kRegisters = kGeneralRegisters + kVectorWords;

inline Address stack_pointer_of(const ucontext_t& context) noexcept {
  return static_cast<Address>(context.uc_mcontext.gregs[REG_RSP]);
}

// `out` is all zeros before.
inline void copy_registers(const ucontext_t& context, std::uint64_t (&out)[kRegisters]) noexcept {
  for (unsigned i = 0; i < kGeneralRegisters; ++i) out[i] = static_cast<std::uint64_t>(context.uc_mcontext.gregs[i]);
  // Moves and swaps of pointers go through vector registers.
  if (context.uc_mcontext.fpregs == nullptr) return;
  std::memcpy(out + kGeneralRegisters, context.uc_mcontext.fpregs->_xmm, sizeof(std::uint64_t) * kVectorWords);
}

}  // namespace gordian::rt
