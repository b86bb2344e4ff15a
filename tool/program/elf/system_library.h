// system_library.h - which modules nobody expects debug info in.
#pragma once

#include <string_view>

namespace gordian {

// Whether `path` is a C or C++ run-time library, the dynamic linker or our own runtime.
bool is_system_library(std::string_view path);

// Whether `path` is our own runtime.
bool is_gordian_library(std::string_view path);

}  // namespace gordian
