// machine.h - the machine that this build of gordian is for. A program is run on no other.
#pragma once

#include <elf.h>

#include <string_view>

namespace gordian {

struct Machine {
  std::string_view name;  // as uname(2) and CMake call it
  Elf64_Half elf;         // e_machine
  std::string_view loader;  // glibc's
};

inline constexpr Machine kMachines[] = {
    {"x86_64", EM_X86_64, "/lib64/ld-linux-x86-64.so.2"},
    {"aarch64", EM_AARCH64, "/lib/ld-linux-aarch64.so.1"},
};

// GORDIAN_MACHINE is a row's name: the build has made sure.
constexpr const Machine& own_machine() {
  const Machine* row = kMachines;
  while (row->name != std::string_view(GORDIAN_MACHINE)) ++row;
  return *row;
}

}  // namespace gordian
