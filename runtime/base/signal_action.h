// signal_action.h - sigaction() of libc's own: a sanitizer has one in front of it that may not do what it is told.
#pragma once

#include <signal.h>

extern "C" int __sigaction(int signal, const struct sigaction* action, struct sigaction* before) noexcept;

namespace gordian::rt {

inline void set_signal_action(int signal, const struct sigaction* action, struct sigaction* before) noexcept {
  ::__sigaction(signal, action, before);
}

}  // namespace gordian::rt
