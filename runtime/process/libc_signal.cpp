// libc_signal.cpp - see libc_signal.h. By system calls: libc's sigaction() refuses this signal.
#include "process/libc_signal.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/signals_held.h"
#include "process/emulator.h"

namespace gordian::rt {
namespace {

// struct sigaction as the kernel has it, on x86-64 and aarch64 alike.
struct KernelAction {
  SignalHandler handler;
  unsigned long flags;
  void (*restorer)();
  KernelSignals mask;
};

constinit KernelAction g_of_libc = {};
constinit bool g_is_taken = false;

long act(const KernelAction* action, KernelAction* before) noexcept {
  return kernel::call(SYS_rt_sigaction, kLibcSignal, action, before, sizeof(KernelSignals));
}

}  // namespace

bool take_libc_signal(SignalHandler handler) noexcept {
  KernelAction now = {};
  if (is_emulated() || act(nullptr, &now) != 0 || (now.flags & SA_SIGINFO) == 0 || now.handler == handler) return false;
  g_of_libc = now;
  KernelAction ours = now;  // with the restorer of libc's
  ours.handler = handler;
  ours.flags |= SA_RESTART | SA_ONSTACK;
  ours.mask = kHeldSignals;
  g_is_taken = true;  // before it is, and until it is back: a child may be forked in between
  if (act(&ours, nullptr) != 0) g_is_taken = false;
  return g_is_taken;
}

void give_libc_signal_back() noexcept {
  if (!g_is_taken) return;
  act(&g_of_libc, nullptr);
  g_is_taken = false;
}

int send_libc_signal(int tid) noexcept {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = kLibcSignal;
  info.si_code = SI_QUEUE;
  info.si_pid = kernel::getpid();
  info.si_value.sival_ptr = &g_of_libc;
  return kernel::call(SYS_rt_tgsigqueueinfo, kernel::getpid(), tid, kLibcSignal, &info) == 0 ? 0 : errno;
}

bool is_libc_signal_ours(const siginfo_t& info) noexcept {
  return info.si_code == SI_QUEUE && info.si_pid == kernel::getpid() && info.si_value.sival_ptr == &g_of_libc;
}

void hand_on_to_libc(siginfo_t* info, void* context) noexcept { g_of_libc.handler(kLibcSignal, info, context); }

}  // namespace gordian::rt
