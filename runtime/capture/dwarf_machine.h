// dwarf_machine.h - what the unwind tables of a machine call its registers, and what they may say there.
#pragma once

#include <cstdint>

namespace gordian::rt {

struct DwarfMachine {
  std::uint64_t sp;
  std::uint64_t fp;
  std::uint64_t return_address;
  bool saves_return_anywhere;  // else at CFA - 8
  bool signs_return;           // has DW_CFA_AARCH64_negate_ra_state
};

// System V ABI for AMD64, figure 3.36. DWARF for the Arm 64-bit Architecture, 4.1 and 5.1.
inline constexpr DwarfMachine kDwarfX86_64 = {7, 6, 16, false, false};
inline constexpr DwarfMachine kDwarfAarch64 = {31, 29, 30, true, true};

}  // namespace gordian::rt
