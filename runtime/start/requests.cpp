// requests.cpp - see requests.h.
#include "start/requests.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include <atomic>
#include <cerrno>

#include "base/inside.h"
#include "base/say.h"
#include "base/signal_action.h"
#include "base/signals_held.h"
#include "base/standard_error.h"
#include "process/emulator.h"
#include "process/own_thread.h"
#include "process/waiting_call.h"
#include "start/check.h"
#include "start/fork.h"
#include "start/options.h"

namespace gordian::rt {
namespace {

enum Request : unsigned {
  kRunning = 1,  // the thread is there, or about to be, and looks before it goes
  kAsked = 2,    // by the signal
  kDue = 4,      // by time
};
constinit std::atomic<unsigned> g_requests{0};
constinit std::atomic<bool> g_ending{false};
constinit int g_signal = 0;  // 0: we listen to none
timer_t g_timer;
constinit bool g_has_timer = false;

// check_on= as a number. The time alone takes a signal that hardly anybody else does; qemu has none for its program's last two.
int signal_of_options() noexcept {
  struct Named {
    const char* name;
    int number;
  };
  const Named signals[] = {{"HUP", SIGHUP}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2},
                           {"IO", SIGIO},   {"PWR", SIGPWR},   {"RTMAX", SIGRTMAX}};
  for (const Named& signal : signals) {
    if (strcmp(g_options.check_on, signal.name) == 0) return signal.number;
  }
  const int last = is_emulated() ? SIGRTMAX - 2 : SIGRTMAX;
  return g_options.check_every != 0 ? last : 0;
}

void set_timer(int seconds) noexcept {
  if (!g_has_timer) return;
  itimerspec when = {};
  when.it_value.tv_sec = seconds;
  ::timer_settime(g_timer, 0, &when, nullptr);
}

// Once each time: from the end of one check to the next.
void start_timer() noexcept {
  if (g_options.check_every == 0) return;
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = g_signal;
  g_has_timer = ::timer_create(CLOCK_MONOTONIC, &event, &g_timer) == 0;
  if (!g_has_timer) say("check_every: there is no timer to be had: ", Errno{errno});
  set_timer(g_options.check_every);
}

// What the thread does.
void answer_requests() noexcept {
  for (;;) {
    const unsigned asked = g_requests.exchange(kRunning, std::memory_order_acq_rel) & (kAsked | kDue);
    if (asked == 0) {
      unsigned expected = kRunning;
      if (g_requests.compare_exchange_strong(expected, 0, std::memory_order_acq_rel)) return;
      continue;
    }
    if (is_ending()) continue;
    Inside inside;
    run_check({.exit_status = snapshot::kNoExitStatus,
               .cause = (asked & kAsked) != 0 ? CheckCause::signal : CheckCause::time});
    if ((asked & kDue) != 0) set_timer(g_options.check_every);
  }
}

void ask(Request what) noexcept {
  static constexpr char kNoThread[] = "gordian: no thread can be started to check in; the signal is passed over\n";
  if ((g_requests.fetch_or(kRunning | what, std::memory_order_acq_rel) & kRunning) != 0) return;
  if (start_own_thread(answer_requests)) return;
  g_requests.store(0, std::memory_order_release);
  write_all(standard_error(), kNoThread, sizeof kNoThread - 1);
  set_timer(g_options.check_every);
}

void on_request(int, siginfo_t* info, void* raw_context) {
  const int saved = errno;
  if (!is_memory_borrowed() && !is_ending()) ask(info->si_code == SI_TIMER ? kDue : kAsked);
  call_again({}, *static_cast<ucontext_t*>(raw_context));
  errno = saved;
}

bool is_handler_ours() noexcept {
  struct sigaction now = {};
  if (::__sigaction(g_signal, nullptr, &now) != 0) return false;
  return (now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_request;
}

bool waits_unheard() noexcept {
  sigset_t pending;
  return ::sigpending(&pending) == 0 && ::sigismember(&pending, g_signal) == 1;
}

}  // namespace

void listen_for_requests() noexcept {
  if (g_options.is_to_be_asked && g_options.fault[0] != '\0') say(g_options.fault, ". No check will be made");
  const int signal = signal_of_options();
  if (signal == 0) return;
  if (!prepare_own_thread()) {
    say("check_on and check_every: this C library does not say what gordian needs to know of its threads; ",
        "no signal is taken");
    return;
  }
  g_signal = signal;
  struct sigaction action = {};
  action.sa_sigaction = on_request;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  action.sa_mask = signal_set(kHeldSignals);
  set_signal_action(g_signal, &action, nullptr);
  start_timer();
}

void listen_in_child() noexcept {
  if (g_signal == 0) return;
  forget_own_thread();
  g_requests.store(0, std::memory_order_release);
  g_has_timer = false;
  start_timer();
}

void stop_listening() noexcept {
  if (g_signal == 0 || g_ending.exchange(true)) return;
  const char* const name = ::sigabbrev_np(g_signal);
  const char* const shown = name != nullptr ? name : "RTMAX";
  if (!is_handler_ours()) {
    say("the program has a handler of its own for signal ", shown,
        ", so it makes no check; name another with check_on");
  } else if (waits_unheard()) {
    say("the program blocks signal ", shown, ", so the last one made no check; name another with check_on");
  }
}

bool is_ending() noexcept { return g_ending.load(std::memory_order_acquire); }

}  // namespace gordian::rt
