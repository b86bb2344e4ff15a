// each_class.h - all classes that a unit of debug info defines, also those within functions.
#pragma once

#include <functional>

#include "program/dwarf/dwarf_die.h"

namespace gordian::dwarf {

// Calls `visit` for the definition of each class, outer ones first. `visits` is how many DIEs may still be looked at; false once it
// is used up.
bool each_class(const Dwarf_Die& unit, int& visits, const std::function<void(const Dwarf_Die&)>& visit);

}  // namespace gordian::dwarf
