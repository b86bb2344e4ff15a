// interrupted.h - what a signal handler sees of the aarch64 thread that it interrupts.
#pragma once

#include <asm/sigcontext.h>
#include <ucontext.h>

#include "base/memory.h"

namespace gordian::rt {

inline constexpr unsigned kGeneralRegisters = 31;
inline constexpr unsigned kVectorWords = sizeof(mcontext_t::__reserved) / sizeof(std::uint64_t);
inline constexpr unsigned kRegisters = kGeneralRegisters + kVectorWords;

inline Address stack_pointer_of(const ucontext_t& context) noexcept { return context.uc_mcontext.sp; }

// `out` is all zeros before.
inline void copy_registers(const ucontext_t& context, std::uint64_t (&out)[kRegisters]) noexcept {
  for (unsigned i = 0; i < kGeneralRegisters; ++i) out[i] = context.uc_mcontext.regs[i];
  // Moves and swaps of pointers go through vector registers. Those are in records, of which processors have different ones
  // (FPSIMD, SVE): all are taken, up to the one that ends them. Behind it is what lay on the stack before.
  const unsigned char* const records = context.uc_mcontext.__reserved;
  std::size_t size = 0;
  while (size + sizeof(_aarch64_ctx) <= sizeof context.uc_mcontext.__reserved) {
    _aarch64_ctx head;
    std::memcpy(&head, records + size, sizeof head);
    if (head.magic == 0 || head.size == 0 || head.size > sizeof context.uc_mcontext.__reserved - size) break;
    size += head.size;
  }
  std::memcpy(out + kGeneralRegisters, records, size);
}

}  // namespace gordian::rt
