// locals.h - a function's variables and parameters, by where they lie in its frame.
//
// Those that are in memory at one place for as long as their scope lasts: what an optimiser moves about has no address that
// one could go by.
#pragma once

#include <cstdint>
#include <optional>

#include "program/dwarf/dwarf_die.h"

namespace gordian {

// A call on a stack, in addresses of the process.
struct CallFrame {
  std::uint64_t pc = 0;  // return address into the function
  std::uint64_t sp = 0;  // its stack pointer
  std::uint64_t cfa = 0;  // that of its caller, before the call
};

struct FoundLocal {
  Dwarf_Die die;
  std::uint64_t address;
};

// The variable in `function` that lies at `address`, or starts last before; of an inner scope, where several do. `bias`: address
// in the process minus address in the debug info.
std::optional<FoundLocal> local_before(const Dwarf_Die& function, const CallFrame& frame, std::uint64_t bias,
                                       std::uint64_t address);

}  // namespace gordian
