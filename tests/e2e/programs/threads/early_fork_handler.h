// early_fork_handler.h - a lock of the program's that fork() waits for with gordian's: its handler is registered before gordian's, so
// it comes behind it, as libc's own waits in fork() do.
#pragma once

#include <pthread.h>

#include <atomic>

inline pthread_mutex_t g_lock = PTHREAD_MUTEX_INITIALIZER;
inline std::atomic<bool> g_fork_waits{false};

inline void prepare() {
  g_fork_waits = true;
  pthread_mutex_lock(&g_lock);
}
inline void release() { pthread_mutex_unlock(&g_lock); }

// pthread_atfork() is this, in a part of libc that is linked in. Calls through a table of stubs come too early here.
extern "C" int __register_atfork(void (*)(), void (*)(), void (*)(), void*) __attribute__((noplt));

inline void nothing() {}
extern "C" {
static void (*resolve())() {  // called by the loader, more than once on aarch64
  static bool registered = false;
  if (!registered) __register_atfork(prepare, release, release, nullptr);
  registered = true;
  return nothing;
}
}
static void early() __attribute__((ifunc("resolve")));
[[gnu::used]] static void (*g_early)() = early;
