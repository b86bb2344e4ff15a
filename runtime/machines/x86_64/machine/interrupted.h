// interrupted.h - what a signal handler sees of the x86-64 thread that it interrupts.
#pragma once

#include <cpuid.h>
#include <ucontext.h>

#include <cstddef>

#include "base/memory.h"

namespace gordian::rt {

inline Address stack_pointer_of(const ucontext_t& context) noexcept {
  return static_cast<Address>(context.uc_mcontext.gregs[REG_RSP]);
}

// What XSAVE has written behind the 512 bytes of FXSAVE: the upper halves of vector registers, zmm16 to zmm31, and what
// later processors have, up to r31. The kernel says by a mark in FXSAVE's last bytes that it is there, and how long the
// whole is. Where a part is, CPUID tells; only those parts that the header's bits name were written.
// Source: Intel's Software Developer's Manual, volume 1, chapter 13; the kernel's asm/sigcontext.h.
template <class Visit>
void for_each_extended_register(Address state, Visit& visit) noexcept {
  constexpr unsigned kLeaf = 0xD;
  constexpr unsigned kFirstPart = 2;  // before it, what FXSAVE has
  constexpr std::size_t kHeader = sizeof(_libc_fpstate);
  _fpx_sw_bytes told;
  std::memcpy(&told, reinterpret_cast<const void*>(state + kHeader - sizeof told), sizeof told);
  if (told.magic1 != FP_XSTATE_MAGIC1 || told.xstate_size < kHeader + sizeof(_xsave_hdr)) return;
  std::uint64_t written = load_word(state + kHeader) >> kFirstPart;
  for (unsigned part = kFirstPart; written != 0; ++part, written >>= 1) {
    unsigned size = 0;
    unsigned offset = 0;
    unsigned unused = 0;
    if ((written & 1) == 0 || __get_cpuid_count(kLeaf, part, &size, &offset, &unused, &unused) == 0) continue;
    if (std::uint64_t{offset} + size <= told.xstate_size) for_each_word(state + offset, state + offset + size, visit);
  }
}

// Calls visit(address, word) for what the thread has in its registers, while its handler runs. Moves and swaps of
// pointers go through vector registers.
template <class Visit>
void for_each_register(const ucontext_t& context, Visit&& visit) noexcept {
  const mcontext_t& saved = context.uc_mcontext;
  const auto general = reinterpret_cast<Address>(&saved.gregs);
  for_each_word(general, general + (REG_RSP + 1) * sizeof(saved.gregs[0]), visit);
  if (saved.fpregs == nullptr) return;
  const auto state = reinterpret_cast<Address>(saved.fpregs);
  // mm0 to mm7, then xmm0 to xmm15.
  for_each_word(state + offsetof(_libc_fpstate, _st), state + offsetof(_libc_fpstate, __glibc_reserved1), visit);
  for_each_extended_register(state, visit);
}

}  // namespace gordian::rt
