// sigaction.cpp - sigaction(): of the mask that was in force, what no kernel writes is zero.
//
// A sigset_t has room for 1,024 signals, the kernel tells of 64. The rest libc copies from its own stack, where lies what
// calls before have left. A program that keeps the handlers it replaces, as Catch2 does for each test case, keeps a
// hundred such bytes with each: words that would pass for owners of what is made at the same address later.
#include <signal.h>
#include <string.h>

#include <cstddef>

#include "base/signal_action.h"
#include "hooks/behind.h"

namespace {

using Sigaction = int(int, const struct sigaction*, struct sigaction*);

// A signal handler may call it, and so may a process that has borrowed its memory: no place to look anything up. Before it is found,
// libc's own does.
constinit gordian::rt::Behind<Sigaction> g_next{"sigaction"};
__attribute__((constructor)) void find_next() { g_next.found = g_next.look_up(); }

}  // namespace

extern "C" __attribute__((visibility("default"))) int sigaction(int signal, const struct sigaction* action,
                                                               struct sigaction* before) noexcept {
  Sigaction* const next = g_next.found;
  const int result = next != nullptr && next != &sigaction ? next(signal, action, before) : ::__sigaction(signal, action, before);
  constexpr std::size_t kTold = 8;  // bytes
  if (result == 0 && before != nullptr) {
    ::memset(reinterpret_cast<char*>(&before->sa_mask) + kTold, 0, sizeof before->sa_mask - kTold);
  }
  return result;
}
