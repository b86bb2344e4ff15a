// dwarf.h - the unwind tables of aarch64, and what they leave out.
#pragma once

#include <cstring>

#include "capture/dwarf_machine.h"

namespace gordian::rt {

inline constexpr DwarfMachine kDwarf = kDwarfAarch64;

// What a function must leave as it found it: x19 to x29, and d8 to d15, in which compilers keep what they have no other
// register for.
inline constexpr int kCalleeSavedNumbers[] = {19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
                                              72, 73, 74, 75, 76, 77, 78, 79};

// Whether a signal handler returns to here: the one place that the C++ runtime knows by its bytes.
inline bool is_sigreturn(const std::uint8_t* code) noexcept {
  constexpr std::uint8_t kSigreturn[] = {0x68, 0x11, 0x80, 0xd2, 0x01, 0, 0, 0xd4};  // mov x8, #139; svc #0
  return code[0] == kSigreturn[0] && std::memcmp(code, kSigreturn, sizeof kSigreturn) == 0;  // the code may end here
}

}  // namespace gordian::rt
