// starts_with.h - how a text begins.
#pragma once

#include <string.h>

namespace gordian::rt {

inline bool starts_with(const char* text, const char* with) noexcept { return strncmp(text, with, strlen(with)) == 0; }

}  // namespace gordian::rt
