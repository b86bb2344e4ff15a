// late_signals.cpp - see late_signals.h.
#include "process/late_signals.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "base/kernel.h"
#include "base/signal_action.h"
#include "base/signals_held.h"
#include "process/emulator.h"
#include "process/own_module.h"
#include "process/task_file.h"

namespace gordian::rt {
namespace {

constexpr int kMostSignals = 64;

// Pending for this thread or the process, and held.
KernelSignals pending_signals() noexcept {
  KernelSignals pending = 0;
  return kernel::call(SYS_rt_sigpending, &pending, sizeof pending) == 0 ? pending : 0;
}

KernelSignals held_in(const ucontext_t& context) noexcept {
  KernelSignals held = 0;
  memcpy(&held, &context.uc_sigmask, sizeof held);
  return held;
}

LateHandlers handler_of(int signal) noexcept {
  struct sigaction action = {};  // stays so for the two signals that libc keeps for itself
  set_signal_action(signal, nullptr, &action);
  const auto handler = reinterpret_cast<Address>(action.sa_handler);
  if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN || in_own_module(handler)) return LateHandlers::none;
  return (action.sa_flags & SA_RESTART) != 0 ? LateHandlers::restarting : LateHandlers::ending;
}

template <class Visit>
void for_each_signal(KernelSignals signals, Visit&& visit) noexcept {
  for (int signal = 1; signal <= kMostSignals; ++signal) {
    if ((signals & signal_bit(signal)) != 0) visit(signal);
  }
}

// "SigPnd:\t0000000000000000" (proc(5), /proc/pid/status)
KernelSignals signals_in(const char* status, const char* label) noexcept {
  const char* const line = strstr(status, label);
  return line != nullptr ? ::strtoull(line + strlen(label), nullptr, 16) : 0;
}

// Those of the process, of which none is pending for this thread alone: that one would be taken first.
KernelSignals sent_to_process() noexcept {
  char status[4096];
  if (!read_task_file(static_cast<int>(kernel::call(SYS_gettid)), "status", status)) return 0;
  return signals_in(status, "\nShdPnd:\t") & ~signals_in(status, "\nSigPnd:\t");
}

// 0: none, or the first thread itself resumes the others and may take it.
int receiver_of(int signal, const PausedThreads& threads) noexcept {
  const int first = kernel::getpid();
  if (kernel::call(SYS_gettid) == first) return 0;
  int receiver = 0;
  threads.for_each([&](const PausedThread& t) {
    if ((held_in(*t.context) & signal_bit(signal)) == 0 && (receiver == 0 || t.tid == first)) receiver = t.tid;
  });
  return receiver;
}

// With all that it says. Where it cannot be sent on like that, it is at least sent.
void give(int signal, int tid) noexcept {
  const KernelSignals only = signal_bit(signal);
  const timespec at_once = {};
  siginfo_t info;
  while (kernel::call(SYS_rt_sigtimedwait, &only, &info, &at_once, sizeof only) == signal) {
    const int pid = kernel::getpid();
    if (kernel::call(SYS_rt_tgsigqueueinfo, pid, tid, signal, &info) != 0) kernel::call(SYS_tgkill, pid, tid, signal);
  }
}

}  // namespace

LateHandlers late_handlers(const ucontext_t& interrupted) noexcept {
  LateHandlers late = LateHandlers::none;
  const KernelSignals taken = pending_signals() & ~held_in(interrupted) & ~signal_bit(kPauseSignal);
  for_each_signal(taken, [&](int signal) {
    const LateHandlers handler = handler_of(signal);
    if (late < handler) late = handler;
  });
  return late;
}

void give_late_signals(const PausedThreads& threads) noexcept {
  if (pending_signals() == 0 || is_emulated()) return;
  for_each_signal(sent_to_process(), [&](int signal) {
    if (signal == kPauseSignal || handler_of(signal) == LateHandlers::none) return;
    if (const int receiver = receiver_of(signal, threads); receiver != 0) give(signal, receiver);
  });
}

}  // namespace gordian::rt
