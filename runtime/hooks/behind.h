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

// The same, found in a constructor of ours: later dlsym() waits for the loader's lock, which a thread has as long as constructors
// of what it loads run. Who calls before that looks it up.
template <class Function>
struct Behind {
  const char* name;
  Function* found = nullptr;

  Function* look_up() const noexcept { return reinterpret_cast<Function*>(find_behind(name)); }
  Function* get() const noexcept { return found != nullptr ? found : look_up(); }
};

}  // namespace gordian::rt
