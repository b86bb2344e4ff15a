// erased_code.h - which type a function was made for that stands in for a virtual table.
#pragma once

#include <cstdint>
#include <optional>

#include "program/dwarf/debug_info.h"

namespace gordian {

// The type that the function around `code` (an address of the process) manages, copies or
// calls, when it is one of std::function, std::move_only_function, std::any or boost::function;
// none for any other, and without debug info. A class is given by its definition.
std::optional<Dwarf_Die> stored_type_of(DebugInfo& info, std::uint64_t code);

// The class of the operation that the function around `code` completes, or of the count that it
// destroys: Asio's operations and QSharedPointer's counts have a pointer to such a function of their own
// class instead of a virtual table.
std::optional<Dwarf_Die> operation_of(DebugInfo& info, std::uint64_t code);

}  // namespace gordian
