// terminal_behind.h - what the terminal behind a descriptor can do, by what the kernel and the environment
// say.
//
// A terminal is not asked itself: its answer would come on standard input, which is the program's.
#pragma once

#include <functional>
#include <string>

#include "report/terminal.h"

namespace gordian {

// As the process has them now; what is no terminal can do nothing.
Terminal terminal_behind(int fd);

// The value of a variable of the environment; "" when it is not set.
using EnvironmentLookup = std::function<std::string(const char* name)>;

// Of a terminal whose kernel says that it has `columns`, 0 when it does not know. Colour, unless NO_COLOR is
// set. COLUMNS goes before `columns`. Links where the terminal is known to follow them, or as FORCE_HYPERLINK
// says.
Terminal terminal_of(std::size_t columns, const EnvironmentLookup& variable);

}  // namespace gordian
