// interrupted.h - what a signal handler sees of the aarch64 thread that it interrupts.
#pragma once

#include <asm/sigcontext.h>
#include <ucontext.h>

#include "base/memory.h"

namespace gordian::rt {

inline Address stack_pointer_of(const ucontext_t& context) noexcept { return context.uc_mcontext.sp; }

// Calls visit(address, word) for what the thread has in its registers, while its handler runs.
template <class Visit>
void for_each_register(const ucontext_t& context, Visit&& visit) noexcept {
  const auto general = reinterpret_cast<Address>(&context.uc_mcontext.regs);
  for_each_word(general, general + sizeof context.uc_mcontext.regs, visit);
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
  for_each_word(reinterpret_cast<Address>(records), reinterpret_cast<Address>(records) + size, visit);
}

}  // namespace gordian::rt
