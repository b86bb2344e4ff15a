// requests.h - checks that are asked for from outside: by a signal (check_on=), and by time (check_every=).
//
// The handler may have interrupted anything, malloc() and ourselves included, so it checks nothing: it starts the
// runtime's own thread (process/own_thread.h), which checks as gordian_check() does, and goes. What is asked for
// meanwhile is one more check when that is done.
#pragma once

namespace gordian::rt {

// Takes the signal that the options name. Must run before the program's first thread.
void listen_for_requests() noexcept;

// In the child of a fork(): nobody has asked it yet.
void listen_in_child() noexcept;

// The program ends: its last check follows, and no other. Says so where the signal was not to be had.
void stop_listening() noexcept;

// Whether stop_listening() was called.
bool is_ending() noexcept;

}  // namespace gordian::rt
