// construction.h - which class an object is of, by the code that made it.
//
// An object without a vptr does not say what it is; the call stack of its allocation, or of its own
// announcement in a constructor, does: constructors are named after their classes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "program/dwarf/debug_info.h"

namespace gordian {

// Stacks are return addresses of the process, innermost first.

// The classes whose constructors are called behind the calls that `stack` returns to, the next first: of
// these the block that was allocated there is made into one, or a part of it is.
std::vector<Dwarf_Die> constructed_behind(DebugInfo& info, std::span<const std::uint64_t> stack);

// The class whose constructor encloses all other constructors that `stack` has at its beginning; none
// where there is none.
std::optional<Dwarf_Die> constructed_in(DebugInfo& info, std::span<const std::uint64_t> stack);

}  // namespace gordian
