// fork.h - what a child forgets of its parent.
//
// fork() tells us by pthread_atfork(): no thread holds one of our locks while the process is copied. _Fork() and the system
// calls tell nobody. Their child may find locks taken by threads that it has not, and must not believe that it has them. It is
// known by the page that the hooks read anyway (start/state.h): the kernel clears it in a child (MADV_WIPEONFORK). So
// the first look of the child finds out, before it can have started a thread, for that allocates.
//
// Between vfork() and exec() a child has our memory, that page as well, and nothing is to be forgotten.
#pragma once

namespace gordian::rt {

// Must run before the program's first fork.
void follow_forks() noexcept;

// Whether this process has borrowed its memory from the one that was started: what it sees there is not its own.
bool is_memory_borrowed() noexcept;

}  // namespace gordian::rt
