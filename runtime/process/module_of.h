// module_of.h - the module that a function is in.
#pragma once

#include <dlfcn.h>

namespace gordian::rt {

// Where the module begins that has `code`; null where none does. Not dladdr(), which looks through the module's symbols: half a
// millisecond for all that is asked at the start.
inline const void* module_of(const void* code) noexcept {
  dl_find_object found;
  return ::_dl_find_object(const_cast<void*>(code), &found) == 0 ? found.dlfo_map_start : nullptr;
}

}  // namespace gordian::rt
