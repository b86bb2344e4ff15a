// fork.h - what a child forgets of its parent.
//
// fork() tells us by pthread_atfork(): no thread holds one of our locks while the process is copied. _Fork() and the system
// calls tell nobody. Their child may find locks taken by threads that it has not, and must not believe that it has them. It is
// known by the page that the hooks read anyway (start/state.h): the kernel clears it in a child (MADV_WIPEONFORK). So
// the first look of the child finds out, before it can have started a thread, for that allocates.
//
// Between vfork() and exec() a child has our memory, that page as well, and nothing is to be forgotten.
//
// What the parent's other threads owned nobody lets go of in the child, and nobody knows all of it there: what was in their
// registers is gone, and libc gives their stacks to the next threads. So whatever was there before a fork that leaves
// threads behind counts as owned: it is of no scope, and all that the child makes is of one (start/scope.h).
#pragma once

namespace gordian::rt {

// Must run before the program's first fork.
void follow_forks() noexcept;

bool is_forked() noexcept;

// Whether this process has borrowed its memory from the one that was started: what it sees there is not its own.
bool is_memory_borrowed() noexcept;

}  // namespace gordian::rt
