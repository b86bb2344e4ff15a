// dwarf.h - the unwind tables of x86-64, and what they leave out.
#pragma once

#include <cstring>

#include "capture/dwarf_machine.h"

namespace gordian::rt {

inline constexpr DwarfMachine kDwarf = kDwarfX86_64;

// What a function must leave as it found it: rbx, rbp, r12 to r15.
inline constexpr int kCalleeSavedNumbers[] = {3, 6, 12, 13, 14, 15};

// Whether a signal handler returns to here: the one place that the C++ runtime knows by its bytes.
inline bool is_sigreturn(const std::uint8_t* code) noexcept {
  constexpr std::uint8_t kSigreturn[] = {0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05};  // mov $15, %rax; syscall
  return code[0] == kSigreturn[0] && std::memcmp(code, kSigreturn, sizeof kSigreturn) == 0;  // the code may end here
}

}  // namespace gordian::rt
