// libc_signal.h - the signal that no program blocks: libc has each thread change its user and groups by it.
//
// Neither sigfillset() nor pthread_sigmask() has it, so a worker that blocks all signals hears it. For the length of a check its
// handler is ours, which hands libc's own signals on. Ours are queued with a value, which libc's handler passes over, should one
// be late. A thread that has blocked it, too, has done so by the system call itself.
#pragma once

#include <signal.h>

namespace gordian::rt {

inline constexpr int kLibcSignal = 33;  // SIGSETXID (nptl/pthreadP.h in glibc)

using SignalHandler = void (*)(int, siginfo_t*, void*);

// False where libc does not use it yet (the process has started no thread by it), or an emulator stands in between.
bool take_libc_signal(SignalHandler handler) noexcept;
// Also in a child that was forked meanwhile; nothing where it is not taken.
void give_libc_signal_back() noexcept;

// 0, or an errno.
int send_libc_signal(int tid) noexcept;
bool is_libc_signal_ours(const siginfo_t& info) noexcept;
void hand_on_to_libc(siginfo_t* info, void* context) noexcept;

}  // namespace gordian::rt
