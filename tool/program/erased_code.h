// erased_code.h - which type a function of a type-erased holder was made for.
#pragma once

#include <cstdint>
#include <optional>

#include "program/debug_info.h"

namespace gordian {

// The type that the function around `code` (an address of the process) manages, copies or
// calls, when it is one of std::function, std::move_only_function, std::any or boost::function;
// none for any other, and without debug info. A class is given by its definition.
std::optional<Dwarf_Die> stored_type_of(DebugInfo& info, std::uint64_t code);

}  // namespace gordian
