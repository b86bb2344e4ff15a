/* gordian.h - what a program can ask of gordian's runtime, from C or C++.
 *
 * Every call does nothing and returns 0 when the runtime is not loaded, so a program may
 * keep them in release builds. Any thread may call any of them, at any time but from a
 * signal handler.
 */
#ifndef GORDIAN_GORDIAN_H
#define GORDIAN_GORDIAN_H

#include <stddef.h>

/* The calls look at addresses, not at what lies there: it need not be initialised yet. */
#if defined(__has_attribute)
#if __has_attribute(access)
#define GORDIAN_ADDRESS_ONLY __attribute__((access(none, 1)))
#endif
#endif
#ifndef GORDIAN_ADDRESS_ONLY
#define GORDIAN_ADDRESS_ONLY
#endif

#ifdef __cplusplus
extern "C" {
#define GORDIAN_NOEXCEPT noexcept
#else
#define GORDIAN_NOEXCEPT
#endif

/* The runtime's side. Weak: null when it is not loaded. Call the functions below instead. */
__attribute__((weak)) int gordian_runtime_check(void) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_ignore(const void* object) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_add_root(const void* start, size_t size) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_remove_root(const void* start) GORDIAN_NOEXCEPT;

/* Checks now and reports as at exit. Other threads are paused for the length of the scan.
 * Returns 1 when something that fails was found, 0 when nothing was, -1 when gordian could
 * not tell (a line on stderr says why). */
static inline int gordian_check(void) GORDIAN_NOEXCEPT {
  return &gordian_runtime_check != NULL ? gordian_runtime_check() : 0;
}

/* Takes the heap block that `object` points into, and all it holds, as owned from now on:
 * a leak that is meant. */
GORDIAN_ADDRESS_ONLY static inline void gordian_ignore(const void* object) GORDIAN_NOEXCEPT {
  if (&gordian_runtime_ignore != NULL) gordian_runtime_ignore(object);
}

/* Takes [start, start + size) as a root until it is removed: memory that the program maps
 * itself and keeps handles in. It must stay readable. */
GORDIAN_ADDRESS_ONLY static inline void gordian_add_root(const void* start, size_t size) GORDIAN_NOEXCEPT {
  if (&gordian_runtime_add_root != NULL) gordian_runtime_add_root(start, size);
}
GORDIAN_ADDRESS_ONLY static inline void gordian_remove_root(const void* start) GORDIAN_NOEXCEPT {
  if (&gordian_runtime_remove_root != NULL) gordian_runtime_remove_root(start);
}

/* A program may define this to set options for itself, in the form of GORDIAN_OPTIONS
 * (which wins over it):
 *   const char* gordian_default_options(void) { return "fail_on=orphans"; } */
const char* gordian_default_options(void);

#ifdef __cplusplus
}
#endif
#endif /* GORDIAN_GORDIAN_H */
