// dlclose.cpp - dlclose(): what a library leaves behind is noted before it goes (scan/unloading.h).
//
// It does what libc's does: the library is unloaded, its destructors run with this thread
// outside of the runtime, result, dlerror() and errno are libc's.
#include <dlfcn.h>

#include <cerrno>
#include <new>

#include "base/inside.h"
#include "base/signals_held.h"
#include "capture/rule_cache.h"
#include "process/threads.h"
#include "scan/unloading.h"
#include "start/state.h"

namespace {

using namespace gordian::rt;

// A handler that never returns would take the loader's lock with it, and ours. To be paused is no harm, where
// the program does not block that signal.
constexpr KernelSignals kHeldMeanwhile = kHeldSignals & ~signal_bit(kPauseSignal);

// In pages of their own: the calling thread may have a small stack. Null when nothing can go.
Unloading* note_before() noexcept {
  if (!tracking()) return nullptr;
  NotCancelled whole;
  SignalsHeld held(kHeldMeanwhile);
  Inside inside;
  void* room = map_pages(sizeof(Unloading));
  if (room == nullptr) return nullptr;
  auto* unloading = new (room) Unloading;
  if (unloading->note_what_may_go()) return unloading;
  unloading->~Unloading();
  kernel_munmap(room, sizeof(Unloading));
  return nullptr;
}

void keep_after(Unloading* unloading) noexcept {
  NotCancelled whole;
  SignalsHeld held(kHeldMeanwhile);
  Inside inside;
  unloading->keep_what_went();
  unloading->~Unloading();
  kernel_munmap(unloading, sizeof(Unloading));
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int dlclose(void* handle) {
  // Before: a dlsym() that succeeds clears what dlerror() would say.
  auto* next = reinterpret_cast<int (*)(void*)>(::dlsym(RTLD_NEXT, "dlclose"));
  if (next == nullptr) return -1;  // libc has no such function; dlerror() says so
  const int before = errno;
  Unloading* unloading = note_before();
  errno = before;
  const CodeGoes code_goes;  // until frames of what went are called by their new names
  const int result = next(handle);
  if (unloading == nullptr) return result;
  const int after = errno;
  keep_after(unloading);
  errno = after;
  return result;
}
