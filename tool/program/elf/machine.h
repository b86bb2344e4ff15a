// machine.h - the machine that this build of gordian is for. A program is run on no other.
#pragma once

#include <elf.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace gordian {

// Where the instruction at `at` calls a function, if it does so by the distance. `code` is what lies there, eight bytes.
using CallTarget = std::optional<std::uint64_t> (*)(std::uint64_t code, std::uint64_t at);
constexpr std::optional<std::uint64_t> call_target_x86_64(std::uint64_t code, std::uint64_t at) {
  constexpr std::uint64_t kCall = 5;  // bytes: E8 and a distance from what is behind
  if ((code & 0xff) != 0xe8) return std::nullopt;
  const auto distance = static_cast<std::int32_t>(static_cast<std::uint32_t>(code >> 8));
  return at + kCall + static_cast<std::uint64_t>(std::int64_t{distance});
}
constexpr std::optional<std::uint64_t> call_target_aarch64(std::uint64_t code, std::uint64_t at) {
  if (at % 4 != 0 || (code & 0xfc000000) != 0x94000000) return std::nullopt;  // bl, and a distance in 26 bits
  const auto words = static_cast<std::int32_t>(static_cast<std::uint32_t>(code) << 6) >> 6;
  return at + static_cast<std::uint64_t>(std::int64_t{words} * 4);
}

struct Machine {
  std::string_view name;  // as uname(2) and CMake call it
  Elf64_Half elf;         // e_machine
  std::string_view loader;  // glibc's
  CallTarget call_target;
};

inline constexpr Machine kMachines[] = {
    {"x86_64", EM_X86_64, "/lib64/ld-linux-x86-64.so.2", call_target_x86_64},
    {"aarch64", EM_AARCH64, "/lib/ld-linux-aarch64.so.1", call_target_aarch64},
};

// GORDIAN_MACHINE is a row's name: the build has made sure.
constexpr const Machine& own_machine() {
  const Machine* row = kMachines;
  while (row->name != std::string_view(GORDIAN_MACHINE)) ++row;
  return *row;
}

}  // namespace gordian
