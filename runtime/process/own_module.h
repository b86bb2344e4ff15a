// own_module.h - where the runtime itself is mapped.
#pragma once

#include "base/memory.h"

// Made by the linker: the ELF header, the end of the code, and the end of this very library.
extern "C" {
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char etext[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));
}

namespace gordian::rt {

inline Address own_base() noexcept { return reinterpret_cast<Address>(__ehdr_start); }

// Whether `pc` lies in the runtime's own code.
inline bool in_own_module(Address pc) noexcept {
  return pc >= own_base() && pc < reinterpret_cast<Address>(etext);
}

}  // namespace gordian::rt
