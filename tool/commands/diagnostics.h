// diagnostics.h - what the tool says about itself, on standard error.
//
// Results go to standard output or where the user names; everything else goes through
// spdlog, one line each, beginning with "gordian: ". Control characters in them are escaped.
#pragma once

#include <spdlog/formatter.h>

#include <memory>

namespace gordian {

// Sends spdlog to standard error. Warnings and errors are shown.
void start_diagnostics();

// 0: warnings and errors. 1: also what was read and how long it took. 2: everything.
void set_verbosity(int level);

// How a message becomes its line.
std::unique_ptr<spdlog::formatter> diagnostics_formatter();

}  // namespace gordian
