// behind.h - the function of a name that would be called without us.
#pragma once

#include <dlfcn.h>

namespace gordian::rt {

// Behind us; where libc comes before us (only a library is linked with gordian, or dlopen() brings it), there. To be asked for
// what libc has: else it may be our own. dlsym() allocates nothing when it finds the name.
inline void* find_behind(const char* name) noexcept {
  void* const found = ::dlsym(RTLD_NEXT, name);
  return found != nullptr ? found : ::dlsym(RTLD_DEFAULT, name);
}

}  // namespace gordian::rt
