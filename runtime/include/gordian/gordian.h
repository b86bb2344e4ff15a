/* gordian.h - what a program can ask of gordian's runtime, from C or C++.
 *
 * Every call does nothing and returns 0 when the runtime is not loaded, so a program may
 * keep them in release builds; with -DGORDIAN_OFF no code is left of them. Any thread may call any of them, at any time but from a
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

/* Whether the runtime's side of a call is there. Compiled with -DGORDIAN_OFF, as for a release, every call is nothing. */
#ifdef GORDIAN_OFF
#define GORDIAN_THERE(function) 0
#else
#define GORDIAN_THERE(function) (&function != NULL)
#endif

/* The runtime's side. Weak: null when it is not loaded. Call the functions below instead. */
__attribute__((weak)) int gordian_runtime_check(void) GORDIAN_NOEXCEPT;
__attribute__((weak)) int gordian_runtime_scope_begin(void) GORDIAN_NOEXCEPT;
__attribute__((weak)) int gordian_runtime_scope_end(int scope, int framework_calls) GORDIAN_NOEXCEPT;
__attribute__((weak)) void gordian_runtime_scope_leave(int scope) GORDIAN_NOEXCEPT;
__attribute__((weak)) const char* gordian_runtime_scope_text(void) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY const char* gordian_runtime_why_alive(const void* object) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY int gordian_runtime_watch(const void* object) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY int gordian_runtime_watched_alive(const void* object,
                                                                            int watch) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_expect_leak(const void* object,
                                                                           const char* reason) GORDIAN_NOEXCEPT;
__attribute__((weak)) void gordian_runtime_scope_expect_leaks(int scope, const char* reason) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_add_root(const void* start, size_t size) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_remove_root(const void* start) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_counted(const void* object, const void* count,
                                                                        size_t count_size) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_runtime_uncounted(const void* object) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_strong_taken(const void* handle) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_strong_dropped(const void* handle) GORDIAN_NOEXCEPT;
__attribute__((weak)) GORDIAN_ADDRESS_ONLY void gordian_strong_swapped(const void* one, const void* other) GORDIAN_NOEXCEPT;

/* Checks now and reports as at exit. Other threads are paused for the length of the scan.
 * Returns 1 when something that fails was found, 0 when nothing was, -1 when gordian could
 * not tell (a line on stderr says why). A later check of the process says what came since; %n in the
 * path of a report is the number of the check. */
static inline int gordian_check(void) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_check) ? gordian_runtime_check() : 0;
}

/* A part of the run that is checked by itself, such as a test case (frameworks: gordian/catch2.hpp and its like).
 * Whatever any thread makes from gordian_scope_begin() on is the scope's. gordian_scope_end() checks what of it is
 * still alive, while everything older counts as owned, and returns as gordian_check() does. Where that is 1, gordian_scope_text() is a
 * short report of what fails, until the next scope ends. No other scope is blamed for it again. The check at exit, which
 * writes all reports that are asked for, tells of it with all others.
 *
 * A scope may have one inside. The result of gordian_scope_begin() is 0 where there are two already, and where the runtime is
 * not loaded: ending that one does nothing and returns 0. Scopes are the process's: two threads cannot have one
 * each. */
static inline int gordian_scope_begin(void) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_scope_begin) ? gordian_runtime_scope_begin() : 0;
}
/* Ends the scope that gordian_scope_begin() has given this number, and checks it. */
static inline int gordian_scope_end(int scope) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_scope_end) ? gordian_runtime_scope_end(scope, 0) : 0;
}
/* Ends a scope without a check: what it has left is of the scope around it, if there is one. */
static inline void gordian_scope_leave(int scope) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_scope_leave)) gordian_runtime_scope_leave(scope);
}
/* As gordian_scope_end(), for a test framework's listener: whatever of this thread's stack lies between the caller and main() is the
 * framework's, and owns nothing that a test case has made. Only proved cycles fail. */
static inline int gordian_case_end(int scope) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_scope_end) ? gordian_runtime_scope_end(scope, 1) : 0;
}
/* What the scope that ended last has leaked. */
static inline const char* gordian_scope_text(void) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_scope_text) ? gordian_runtime_scope_text() : "";
}

/* Why is the object still alive? Returns a text that says who holds the heap block that `object` points into: each strong reference
 * that was found, with the way to it from a global or a stack, or the cycle; valid until the thread asks again. "" where no
 * block is there, or gordian could not tell. It looks at the whole heap: a question for a test that fails. */
GORDIAN_ADDRESS_ONLY static inline const char* gordian_why_alive(const void* object) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_why_alive) ? gordian_runtime_why_alive(object) : "";
}

/* Is the object that was there still alive? An address alone does not tell: another object may be there by now. So watch the heap
 * block that `object` points into while it is alive, and ask later with what was returned (0 where there is no such block). What a
 * shared_ptr has let go of is dead, also where a weak_ptr keeps its memory, if it was made in a file that has the shim. */
GORDIAN_ADDRESS_ONLY static inline int gordian_watch(const void* object) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_watch) ? gordian_runtime_watch(object) : 0;
}
/* Whether the object that was watched there still is. */
GORDIAN_ADDRESS_ONLY static inline int gordian_watched_alive(const void* object, int watch) GORDIAN_NOEXCEPT {
  return GORDIAN_THERE(gordian_runtime_watched_alive) ? gordian_runtime_watched_alive(object, watch) : 0;
}

/* A leak that is meant: accepts from now on what the heap block that `object` points into is part of, and all it holds. Reports tell
 * it among what is accepted, with the reason (which is copied), and it fails nothing. */
GORDIAN_ADDRESS_ONLY static inline void gordian_expect_leak(const void* object, const char* reason) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_expect_leak)) gordian_runtime_expect_leak(object, reason);
}
/* Likewise without a reason. */
GORDIAN_ADDRESS_ONLY static inline void gordian_ignore(const void* object) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_expect_leak)) gordian_runtime_expect_leak(object, NULL);
}
/* Ends a scope, and accepts whatever is left of it, and all that holds. */
static inline void gordian_scope_expect_leaks(int scope, const char* reason) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_scope_expect_leaks)) gordian_runtime_scope_expect_leaks(scope, reason);
}

/* Takes [start, start + size) as a root until it is removed: memory that the program maps
 * itself and keeps handles in. It must stay readable. */
GORDIAN_ADDRESS_ONLY static inline void gordian_add_root(const void* start, size_t size) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_add_root)) gordian_runtime_add_root(start, size);
}
/* Takes a root that begins at `start` back. */
GORDIAN_ADDRESS_ONLY static inline void gordian_remove_root(const void* start) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_remove_root)) gordian_runtime_remove_root(start);
}

/* For smart pointers of your own. The class that counts its handles says so in its constructors, and
 * takes it back in its destructor:
 *   `object`      itself, in a heap block of its own (a base class of what the block holds will do)
 *   `count`       in the same block: how many handles there are, an unsigned number of
 *   `count_size`  4 or 8 bytes, aligned to its size. 0 means that nobody has taken a handle yet.
 * Where the handle's class is in a families file or has debug info that gordian knows, this is all it takes. */
GORDIAN_ADDRESS_ONLY static inline void gordian_counted(const void* object, const void* count,
                                                        size_t count_size) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_counted)) gordian_runtime_counted(object, count, count_size);
}
/* Takes gordian_counted() back. */
GORDIAN_ADDRESS_ONLY static inline void gordian_uncounted(const void* object) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_runtime_uncounted)) gordian_runtime_uncounted(object);
}

/* The handle may say where it is, too: `handle` is the address of the pointer in it that leads to the object.
 * Then no debug info is needed, a report says where each surviving handle was taken, and no other
 * pointer is mistaken for one. Call the first when the pointer starts to count (constructed, assigned,
 * moved to), the second when it no longer does (destroyed, assigned over, moved from). */
GORDIAN_ADDRESS_ONLY static inline void gordian_handle_taken(const void* handle) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_strong_taken)) gordian_strong_taken(handle);
}
/* Takes gordian_handle_taken() back. */
GORDIAN_ADDRESS_ONLY static inline void gordian_handle_dropped(const void* handle) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_strong_dropped)) gordian_strong_dropped(handle);
}
/* Instead of both, after two handles have exchanged what they hold, or one was moved to the other: what holds an object
 * keeps the place where it was taken; what is null is dropped. C++: <gordian/intrusive.hpp> makes all these calls. */
GORDIAN_ADDRESS_ONLY static inline void gordian_handles_swapped(const void* one, const void* other) GORDIAN_NOEXCEPT {
  if (GORDIAN_THERE(gordian_strong_swapped)) gordian_strong_swapped(one, other);
}

/* A program may define this to set options for itself, in the form of GORDIAN_OPTIONS
 * (which wins over it):
 *   const char* gordian_default_options(void) { return "fail_on=orphans"; } */
const char* gordian_default_options(void);

#ifdef __cplusplus
}
#endif
#endif /* GORDIAN_GORDIAN_H */
