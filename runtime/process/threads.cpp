// threads.cpp - see threads.h.
#include "process/threads.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "base/kernel.h"
#include "base/signal_action.h"
#include "base/signals_held.h"
#include "machine/system_call.h"
#include "machine/thread_area.h"
#include "process/emulator.h"
#include "process/kernel_worker.h"
#include "process/late_signals.h"
#include "process/libc_signal.h"
#include "process/own_thread.h"
#include "process/sanitizer.h"
#include "process/task_file.h"
#include "tables/moving_block.h"

namespace gordian::rt {
namespace {

// So long a thread may not hear us before we give it up. One that waits for a processor has as long as that takes:
// the last is for a process that somebody has frozen in the middle.
constexpr long kDeafMilliseconds = 20;
constexpr long kAnswerMilliseconds = 1000;
constexpr long kProcessorMilliseconds = 30000;

// What the handler needs; set before the first signal goes out.
constinit std::atomic<PausedThread*> g_threads{nullptr};
constinit std::atomic<std::size_t> g_count{0};
// The number of the pause while threads shall wait, else 0: a futex. A thread that is late to leave one is not in the
// next.
constinit std::atomic<int> g_hold{0};
constinit int g_pauses = 0;
// Likewise, while they shall wait on until the process ends.
constinit std::atomic<int> g_hold_to_end{0};
struct sigaction g_previous;
constinit bool g_has_libc_signal = false;

void futex_wait(std::atomic<int>& word, int while_value, const timespec* at_most = nullptr) noexcept {
  kernel::call(SYS_futex, &word, FUTEX_WAIT_PRIVATE, while_value, at_most, nullptr, 0);
}
void futex_wake_all(std::atomic<int>& word) noexcept {
  kernel::call(SYS_futex, &word, FUTEX_WAKE_PRIVATE, __INT_MAX__, nullptr, nullptr, 0);
}

PausedThread* slot_of(int tid) noexcept {
  PausedThread* threads = g_threads.load(std::memory_order_acquire);
  const std::size_t count = g_count.load(std::memory_order_acquire);
  for (std::size_t i = 0; threads != nullptr && i < count; ++i) {
    if (threads[i].tid == tid) return &threads[i];
  }
  return nullptr;
}

long now_milliseconds() noexcept {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// No longer than this, as the tool may wait for such a thread in its turn: to read the pipe that the report goes to.
constexpr long kMostToEndMilliseconds = 2000;

void wait_for_end(int hold) noexcept {
  const long start = now_milliseconds();
  for (;;) {
    const long left = start + kMostToEndMilliseconds - now_milliseconds();
    if (left <= 0 || g_hold_to_end.load(std::memory_order_acquire) != hold) return;
    const timespec at_most = {left / 1000, left % 1000 * 1000000};
    futex_wait(g_hold_to_end, hold, &at_most);
  }
}

// In the middle of realloc() a block has no entry (tables/moving_block.h). Who waits there waits for a lock of libc's.
bool can_be_paused(const WaitingCall& waited_in, const ucontext_t& context) noexcept {
  return !is_moving_at(stack_pointer_of(context)) || interrupted_call(waited_in, context) == SYS_futex;
}

void pause_here(PausedThread& self, int hold, const ucontext_t& context) noexcept {
  int expected = kSignalled;
  if (self.may_put_off && !can_be_paused(self.waits_in, context)) {
    t_moving.is_waited_for = true;
    self.state.compare_exchange_strong(expected, kPutOff, std::memory_order_acq_rel);
    return;
  }
  const MovingBlockBack moving;
  self.sp = stack_pointer_of(context);
  self.tp = thread_pointer();
  self.fake_stack = fake_stack();
  self.context = &context;
  if (!self.state.compare_exchange_strong(expected, kPaused, std::memory_order_acq_rel)) return;
  while (g_hold.load(std::memory_order_acquire) == hold) futex_wait(g_hold, hold);
  self.state.store(kResumed, std::memory_order_release);  // the row may go now
  wait_for_end(hold);
}

// A signal that is not ours: the program may have a handler for it, which is told of data out of band.
void pass_on(int signal, siginfo_t* info, void* context) noexcept {
  if ((g_previous.sa_flags & SA_SIGINFO) != 0) {
    g_previous.sa_sigaction(signal, info, context);
  } else if (g_previous.sa_handler != SIG_DFL && g_previous.sa_handler != SIG_IGN) {
    g_previous.sa_handler(signal);
  }
}

void on_pause_signal(int signal, siginfo_t* info, void* raw_context) {
  const int saved = errno;
  const int hold = g_hold.load(std::memory_order_acquire);
  const bool from_us = signal == kLibcSignal ? is_libc_signal_ours(*info)
                                             : info->si_code == SI_TKILL && info->si_pid == kernel::getpid();
  PausedThread* const self = from_us && hold != 0 ? slot_of(static_cast<int>(kernel::call(SYS_gettid))) : nullptr;
  if (self != nullptr && self->state.load(std::memory_order_acquire) != kNotSignalled) {
    auto& context = *static_cast<ucontext_t*>(raw_context);
    const WaitingCall waited_in = self->waits_in;  // the row goes when all are resumed
    pause_here(*self, hold, context);
    call_again(waited_in, context);
  } else if (signal == kLibcSignal) {
    if (!from_us) hand_on_to_libc(info, raw_context);
  } else if (!from_us || self != nullptr) {
    pass_on(signal, info, raw_context);
  }
  errno = saved;
}

// Calls visit(tid) for every thread of the process. Raw getdents: opendir() allocates.
template <class Visit>
void for_each_task(Visit&& visit) noexcept {
  const int fd = kernel::open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  alignas(8) char buffer[8192];
  for (;;) {
    const long n = kernel::call(SYS_getdents64, fd, buffer, sizeof buffer);
    if (n <= 0) break;
    for (long at = 0; at < n;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer + at);
      at += entry->d_reclen;
      int tid = 0;
      for (const char* c = entry->d_name; *c >= '0' && *c <= '9'; ++c) tid = tid * 10 + (*c - '0');
      if (tid != 0) visit(tid);
    }
  }
  kernel::close(fd);
}

enum class Life { running, ended, gone };  // who has ended and was joined is listed for a moment longer

// One of the kernel's own counts as ended: it has nothing of the program's.
Life life_of(int tid) noexcept {
  constexpr std::uint64_t kExiting = 4;  // PF_EXITING
  std::uint64_t flags = 0;
  if (!read_task_flags(tid, flags)) return errno == ENOENT || errno == ESRCH ? Life::gone : Life::running;
  return (flags & kExiting) != 0 || is_kernel_worker(tid) ? Life::ended : Life::running;
}

bool holds_pause_signal(KernelSignals signals) noexcept { return (signals & signal_bit(kPauseSignal)) != 0; }

// Whether the thread is in sigwait() for our signal. It would be handed the signal as one that
// the program had sent, and no handler would run. While it waits, the kernel does not count what it
// waits for as blocked; so its system call says it: number, address of the set.
bool waits_for_pause_signal(const WaitingCall& call) noexcept {
  if (call.number != SYS_rt_sigtimedwait) return false;
  // Not read in place: the thread may have gone on, and its stack with it.
  const int fd = kernel::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  std::uint64_t waited_for = ~std::uint64_t{0};
  if (fd >= 0) {
    if (kernel::pread(fd, &waited_for, sizeof waited_for, static_cast<off_t>(call.arguments[0])) != sizeof waited_for) {
      waited_for = ~std::uint64_t{0};
    }
    kernel::close(fd);
  }
  return holds_pause_signal(waited_for);
}

// Whether a thread that waits in it may wait for a child of vfork(), or of what is like it, to end or become another program.
bool may_wait_for_child(const WaitingCall& call) noexcept {
  return call.number >= 0 && (call.number == kOldForkWaits || call.number == SYS_clone || call.number == SYS_clone3);
}

// What the kernel says of a thread.
struct Hearing {
  bool ended = false;      // or there is nothing of the program's: it is one of the kernel's own
  int signal = 0;          // whose handler would run if it got it now
  bool deaf = false;       // there is none
  // Deaf, as libc makes a thread while it starts or ends, and we while it has a lock of ours; or until its child goes on.
  bool for_moment = false;
  bool runs = false;       // or would, if it had a processor
};

// For how long a processor has worked for the thread, in nanoseconds; 0 where the kernel does not tell.
// Format: Documentation/scheduler/sched-stats.rst, /proc/pid/schedstat.
std::uint64_t running_time_of(int tid) noexcept {
  char text[128];
  return read_task_file(tid, "schedstat", text) ? ::strtoull(text, nullptr, 10) : 0;
}

// Whether it was never heard to listen while it ran for longer than any moment takes.
bool is_deaf_for_good(const PausedThread& thread, const Hearing& hearing) noexcept {
  constexpr std::uint64_t kMoment = 1'000'000 * std::uint64_t{kAnswerMilliseconds};
  if (!hearing.deaf || !hearing.runs || thread.ran_before == 0) return false;
  return running_time_of(thread.tid) > thread.ran_before + kMoment;
}

Hearing hearing_of(int tid, const WaitingCall& call) noexcept {
  char text[4096];
  if (!read_task_file(tid, "status", text)) return {.ended = errno == ENOENT || errno == ESRCH};
  Hearing hearing;
  const char* state = strstr(text, "\nState:\t");
  if (state != nullptr) {
    hearing.ended = state[8] == 'Z' || state[8] == 'X';
    hearing.runs = state[8] == 'R';
  }
  const bool waits_for_child = state != nullptr && state[8] == 'D' && may_wait_for_child(call);
  const char* blocked = strstr(text, "\nSigBlk:\t");
  const std::uint64_t signals = blocked != nullptr ? ::strtoull(blocked + 9, nullptr, 16) : 0;
  constexpr std::uint64_t kOfLibc = std::uint64_t{3} << 31;  // pthread_sigmask() leaves these two out
  if (waits_for_child) {  // a signal would wait as long, and come to the program's handler when ours is no longer there
    hearing.signal = 0;
  } else if (!holds_pause_signal(signals) && !waits_for_pause_signal(call)) {
    hearing.signal = kPauseSignal;
  } else if (g_has_libc_signal && (signals & signal_bit(kLibcSignal)) == 0) {
    hearing.signal = kLibcSignal;
  }
  hearing.deaf = hearing.signal == 0;
  hearing.ended = hearing.ended || (hearing.deaf && is_kernel_worker(tid));
  hearing.for_moment = waits_for_child || (signals & kOfLibc) == kOfLibc;
  return hearing;
}

// How long it is waited for.
long patience_with(const Hearing& hearing) noexcept {
  if (hearing.ended) return 0;
  // An emulator blocks all signals while it works for a thread that blocks none.
  if (hearing.deaf && !hearing.for_moment) return is_emulated() && hearing.runs ? kAnswerMilliseconds : kDeafMilliseconds;
  return hearing.runs ? kProcessorMilliseconds : kAnswerMilliseconds;
}

int send_signal_to(PausedThread& thread) noexcept {
  if (thread.signal == kLibcSignal) return send_libc_signal(thread.tid);
  return kernel::call(SYS_tgkill, kernel::getpid(), thread.tid, kPauseSignal) == 0 ? 0 : errno;
}

// Sends the signal to a thread that hears it. To no other: it would stay pending there, and
// whoever takes signals by sigwait() or from a signalfd would find one that nobody sent.
void signal_if_heard(PausedThread& thread) noexcept {
  thread.waits_in = waiting_call_of(thread.tid);
  const Hearing hearing = hearing_of(thread.tid, thread.waits_in);
  if (hearing.deaf && !hearing.ended) {
    if (thread.ran_before == 0) thread.ran_before = running_time_of(thread.tid);
    return;
  }
  thread.ran_before = 0;
  thread.signal = hearing.signal;
  thread.state.store(hearing.ended ? kGone : kSignalled);
  if (hearing.ended) return;
  // A system call filter may forbid it: such a thread is there all the same.
  if (const int error = send_signal_to(thread); error != 0) thread.state.store(error == ESRCH ? kGone : kUnanswered);
}

}  // namespace

// The kernel's list ends early where a thread goes that it has just told: so once more where one is gone.
bool runs_other_threads() noexcept {
  constexpr std::size_t kMost = 64;
  constexpr unsigned kMostTries = 100;
  const int self = static_cast<int>(kernel::call(SYS_gettid));
  for (unsigned tries = 0; tries < kMostTries; ++tries) {
    int others[kMost];
    std::size_t count = 0;
    bool listed = false;
    for_each_task([&](int tid) {
      listed = listed || tid == self;
      if (tid != self && !is_own_thread(tid) && count++ < kMost) others[count - 1] = tid;
    });
    if (!listed || count > kMost) return true;
    bool gone = false;
    for (std::size_t i = 0; i < count; ++i) {
      const Life life = life_of(others[i]);
      if (life == Life::running) return true;
      gone = gone || life == Life::gone;
    }
    if (!gone) return false;
  }
  return true;
}

void note_forked_pause() noexcept {
  struct sigaction now = {};
  set_signal_action(kPauseSignal, nullptr, &now);
  if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_pause_signal) {
    set_signal_action(kPauseSignal, &g_previous, nullptr);
  }
  give_libc_signal_back();
  g_hold.store(0, std::memory_order_release);
  g_hold_to_end.store(0, std::memory_order_release);
  g_threads.store(nullptr, std::memory_order_release);
}

void pause_after_move() noexcept {
  t_moving.is_waited_for = false;
  const int tid = static_cast<int>(kernel::call(SYS_gettid));
  PausedThread* const self = slot_of(tid);
  int expected = kPutOff;
  if (self == nullptr || !self->state.compare_exchange_strong(expected, kSignalled, std::memory_order_acq_rel)) return;
  const int saved = errno;
  send_signal_to(*self);
  errno = saved;
}

void PausedThreads::pause() noexcept {
  const int self = static_cast<int>(kernel::call(SYS_gettid));
  std::size_t tasks = 0;
  bool by_our_ids = false;
  for_each_task([&](int tid) {
    ++tasks;
    by_our_ids = by_our_ids || tid == self;
  });
  if (tasks == 1) return;
  if (tasks != 0 && !by_our_ids) {  // by those of an outer namespace, whose /proc it is: a signal cannot be sent to any
    unanswered_ = tasks - 1;
    return;
  }
  if (tasks == 0) {  // not even this one could be listed: there may be others
    unanswered_ = 1;
    return;
  }
  threads_ = static_cast<PausedThread*>(map_pages(kMostThreads * sizeof(PausedThread)));
  if (threads_ == nullptr) {
    unanswered_ = tasks - 1;
    return;
  }
  g_count.store(0, std::memory_order_release);
  g_threads.store(threads_, std::memory_order_release);
  g_pauses = g_pauses % __INT_MAX__ + 1;
  g_hold.store(g_pauses, std::memory_order_release);
  struct sigaction action = {};
  action.sa_sigaction = on_pause_signal;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  action.sa_mask = signal_set(kHeldSignals);
  set_signal_action(kPauseSignal, nullptr, &g_previous);  // first: a fork may come as soon as ours is there
  set_signal_action(kPauseSignal, &action, nullptr);
  g_has_libc_signal = take_libc_signal(on_pause_signal);
  // A thread not yet paused may start others: go round until nobody new turns up.
  while (signal_new_threads()) wait_for_answers();
  for (std::size_t i = 0; i < count_; ++i) {
    const int state = threads_[i].state.load();
    unanswered_ += state == kUnanswered || state == kDeaf ? 1u : 0u;
  }
  if (is_emulated() && unanswered_ != 0) --unanswered_;  // the emulator's own
}

bool PausedThreads::signal_new_threads() noexcept {
  const int self = static_cast<int>(kernel::call(SYS_gettid));
  const std::size_t before = count_;
  for_each_task([this, self](int tid) {
    if (tid == self || is_own_thread(tid) || slot_of(tid) != nullptr) return;
    if (count_ == kMostThreads) return;
    threads_[count_].tid = tid;
    threads_[count_].state.store(kNotSignalled, std::memory_order_relaxed);
    threads_[count_].may_put_off = true;
    g_count.store(++count_, std::memory_order_release);
    signal_if_heard(threads_[count_ - 1]);
  });
  return count_ != before;
}

void PausedThreads::wait_for_answers() noexcept {
  const long start = now_milliseconds();
  for (std::size_t i = 0; i < count_; ++i) {
    auto& thread = threads_[i];
    for (;;) {
      int state = thread.state.load(std::memory_order_acquire);
      if (state != kSignalled && state != kNotSignalled && state != kPutOff) break;
      const long waited = now_milliseconds() - start;
      if (waited > kDeafMilliseconds) {
        const Hearing hearing = hearing_of(thread.tid, waiting_call_of(thread.tid));
        const bool given_up = waited > patience_with(hearing) || is_deaf_for_good(thread, hearing);
        // A handler of the program's waits there in the middle of realloc(). One that blocks our signal, too,
        // cannot be asked again.
        if (given_up && state == kPutOff) thread.may_put_off = false;
        if (given_up && (state != kPutOff || hearing.deaf)) {
          // Who has put it off may still come back to its row.
          const int silent = state == kNotSignalled ? kDeaf : kUnanswered;
          thread.state.compare_exchange_strong(state, hearing.ended ? kGone : silent);
          continue;
        }
      }
      const bool again = state == kPutOff && (!thread.may_put_off || waiting_call_of(thread.tid).number == SYS_futex);
      if (state == kNotSignalled || again) signal_if_heard(thread);
      const timespec pause = {0, 50000};
      kernel::nanosleep(&pause, nullptr);
    }
  }
}

// Until each has left the handler it reads our table.
void PausedThreads::leave_handlers() noexcept {
  g_hold.store(0, std::memory_order_release);
  futex_wake_all(g_hold);
  const long start = now_milliseconds();
  for (std::size_t i = 0; i < count_; ++i) {
    while (threads_[i].state.load(std::memory_order_acquire) == kPaused &&
           now_milliseconds() - start < kProcessorMilliseconds) {
      kernel::sched_yield();
    }
  }
}

void PausedThreads::hold_to_end() noexcept {
  if (threads_ != nullptr) g_hold_to_end.store(g_hold.load(std::memory_order_relaxed), std::memory_order_release);
  resume();
}

void resume_at_end() noexcept {
  g_hold_to_end.store(0, std::memory_order_release);
  futex_wake_all(g_hold_to_end);
}

void PausedThreads::resume() noexcept {
  if (threads_ == nullptr) return;
  give_late_signals(*this);
  leave_handlers();
  set_signal_action(kPauseSignal, &g_previous, nullptr);
  give_libc_signal_back();
  g_threads.store(nullptr, std::memory_order_release);
  // A thread that is late may still write to its row; one that was sent no signal will not.
  bool all_left = true;
  for (std::size_t i = 0; i < count_; ++i) {
    const int state = threads_[i].state.load(std::memory_order_acquire);
    all_left = all_left && state != kPaused && state != kUnanswered;
  }
  if (all_left) kernel_munmap(threads_, kMostThreads * sizeof(PausedThread));
  threads_ = nullptr;
  count_ = 0;
}

}  // namespace gordian::rt
