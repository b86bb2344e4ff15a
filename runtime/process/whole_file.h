// whole_file.h - a file of /proc as one text. Its size is not known before, and it may change while it is read in parts.
#pragma once

#include "base/memory.h"

namespace gordian::rt {

// Into `text`, terminated. False where it cannot be read, or memory ran out.
bool read_whole_file(const char* path, PageArray<char>& text) noexcept;

}  // namespace gordian::rt
