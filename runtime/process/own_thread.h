// own_thread.h - a thread of the runtime's own, which may be started anywhere: also in a signal handler that has
// interrupted malloc() or the loader.
//
// pthread_create() allocates and takes locks. So this is a bare kernel thread, in memory that was laid out when the
// program started: a stack, and the thread-local data and descriptor that libc's functions expect of a thread. It
// exists for as long as its work takes: the program has no other thread between, in unshare() and ps as without us,
// and the thread has the credentials of who starts it.
//
// Context: the work may call what a check calls: libc's functions that do not allocate. It has all signals blocked
// that its starter has. There is one such thread at a time.
#pragma once

namespace gordian::rt {

// Lays it out. Must run before the program's first thread. False where there is no memory, or libc does not say what
// its threads look like.
bool prepare_own_thread() noexcept;

// Calls work() in it; returns at once, but waits for one to go that has done its work. False when none could be
// started.
bool start_own_thread(void (*work)() noexcept) noexcept;

// Whether `tid` is it. Not to be paused: it is no owner, and takes no signals.
bool is_own_thread(int tid) noexcept;

// In the child of a fork(): there is none.
void forget_own_thread() noexcept;

}  // namespace gordian::rt
