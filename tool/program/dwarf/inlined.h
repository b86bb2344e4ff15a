// inlined.h - the calls that the compiler has inlined into a function.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "program/dwarf/dwarf_die.h"

namespace gordian::dwarf {

// Appends the inlined calls around `address` (of the debug info) in `function`, outermost first.
void append_inlined_around(const Dwarf_Die& function, std::uint64_t address, std::vector<Dwarf_Die>& found);

// Calls f(call, entry) for every inlined call in `function`, outer ones first; `entry` is its lowest address.
void each_inlined(const Dwarf_Die& function, const std::function<void(const Dwarf_Die&, std::uint64_t)>& f);

}  // namespace gordian::dwarf
