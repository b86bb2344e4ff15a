// fork.cpp - see fork.h.
#include "start/fork.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/single_threaded.h>
#include <unistd.h>

#include <cerrno>

#include "base/fork_wait.h"
#include "base/inside.h"
#include "base/kernel.h"
#include "base/own_descriptor.h"
#include "base/signals_held.h"
#include "capture/capture.h"
#include "capture/rule_cache.h"
#include "machine/thread_area.h"
#include "output/report_names.h"
#include "process/emulator.h"
#include "process/modules.h"
#include "process/program_mappings.h"
#include "process/threads.h"
#include "scan/roots.h"
#include "scan/unloading.h"
#include "start/check.h"
#include "start/meant.h"
#include "start/requests.h"
#include "start/scan_memory.h"
#include "start/scope.h"
#include "start/state.h"
#include "tables/stack_depot.h"

// libc's own names for who looks after streams beside it (GLIBC_2.2.5).
extern "C" {
void _IO_list_lock() noexcept;
void _IO_list_unlock() noexcept;
}

namespace gordian::rt {
namespace {

constinit bool g_forked = false;
constinit bool g_leaves_threads = false;  // the fork that is under way leaves some behind
constinit bool g_told = false;  // the kernel clears the page in children
constinit pid_t g_process = 0;
// By who holds the locks.
constinit Address g_inside_before_fork = 0;  // a signal handler that has interrupted the runtime may fork
constinit KernelSignals g_held_before_fork = 0;
constinit bool g_knows_fork = false;  // it has come through fork(), also where the child's first look comes before our handler

void fill_page() noexcept { g_mode_page.mode.store(g_state.mode.load(std::memory_order_relaxed)); }

// All or none.
bool try_lock_all() noexcept {
  struct Lock {
    bool (*try_lock)() noexcept;
    void (*unlock)() noexcept;
  };
  constexpr Lock kLocks[] = {
      {try_lock_scan, unlock_scan},
      {try_lock_unloading, unlock_unloading},
      {try_lock_module_list, unlock_module_list},
      {try_lock_stack_depot, unlock_stack_depot},
      {try_lock_user_roots, unlock_user_roots},
      {try_lock_program_mappings, unlock_program_mappings},
      {[]() noexcept { return reasons().lock.try_lock(); }, []() noexcept { reasons().lock.unlock(); }},
  };
  constexpr std::size_t kCount = sizeof kLocks / sizeof kLocks[0];
  std::size_t locked = 0;
  while (locked < kCount && kLocks[locked].try_lock()) ++locked;
  if (locked == kCount) return true;
  while (locked > 0) kLocks[--locked].unlock();
  return false;
}

// libc's list of streams, which fork() takes behind our locks where there are threads. Who has it may wait for a stream,
// whose thread may wait for terminal input, for us, or for a check: so it is waited for before, with no lock of ours.
class StreamsLocked {
 public:
  StreamsLocked() noexcept : locked_(!__libc_single_threaded) {
    if (locked_) ::_IO_list_lock();
  }
  ~StreamsLocked() {
    if (locked_) ::_IO_list_unlock();
  }
  StreamsLocked(const StreamsLocked&) = delete;
  StreamsLocked& operator=(const StreamsLocked&) = delete;

 private:
  const bool locked_;
};

// `held` becomes the signals that were held before.
bool try_lock_for_fork(KernelSignals& held) noexcept {
  bool locked = false;
  {
    const StreamsLocked streams;  // given back before a handler runs
    held = hold_signals(kHeldSignals);
    locked = try_lock_all();
    if (locked) {
      begin_fork_wait();
      g_leaves_threads = runs_other_threads();
    }
  }
  g_knows_fork = locked;
  if (!locked) hold_as_before(held);
  return locked;
}

// No handler of a signal runs between these, also none of the program's for the pause signal: it might come
// back for our locks, or never. A thread that waits for a check to end can be paused by it, and has no lock
// that another might wait for; one that has all of them meets no pause, for a check waits for it. And what a
// handler of pthread_atfork() allocates there has no stack.
void before_fork() noexcept {
  learn_mode();  // in a child that nobody told of, the locks may be those of the parent's threads
  KernelSignals held = 0;
  while (!try_lock_for_fork(held)) kernel::sched_yield();
  g_held_before_fork = held;
  g_inside_before_fork = t_inside;
  constexpr Address kInside = ~Address{0};  // further up than any guard
  t_inside = kInside;
}
void unlock_all() noexcept {
  end_fork_wait();
  reasons().lock.unlock();
  unlock_program_mappings();
  unlock_user_roots();
  unlock_stack_depot();
  unlock_module_list();
  unlock_unloading();
  unlock_scan();
}
void after_fork() noexcept {
  const KernelSignals held = g_held_before_fork;
  const Address inside = g_inside_before_fork;
  g_knows_fork = false;
  unlock_all();
  t_inside = inside;
  hold_as_before(held);
}

void forget_parent() noexcept {
  note_forked_code();
  note_forked_captures();
  note_forked_pause();
  note_first_thread();
  g_forked = true;
  forget_own_descriptors();
  forget_checks();
  if (g_state.ending_thread.load() != thread_pointer()) g_state.ending_thread.store(0);
  forget_names();
  g_process = kernel::getpid();
  listen_in_child();
  g_knows_fork = false;
  fill_page();
  if (g_leaves_threads) begin_scope_of_child();
}

void after_fork_in_child() noexcept {
  t_inside = g_inside_before_fork;
  if (!g_told || mode() == 0) {  // else a handler that was registered before ours has allocated
    unlock_all();
    forget_parent();
  }
  hold_as_before(g_held_before_fork);
}

// What a thread of the parent's was changing is half changed, and written so that it may be.
void forget_unseen_parent() noexcept {
  end_fork_wait();
  reasons().lock.unlock();
  free_program_mappings();
  unlock_user_roots();
  unlock_stack_depot();
  forget_module_list();
  unlock_unloading();
  unlock_scan();
  if (!g_knows_fork) g_leaves_threads = !__libc_single_threaded;
  forget_parent();
}

}  // namespace

std::uint8_t learn_mode() noexcept {
  if (mode() == 0) {
    const int saved = errno;
    if (g_told) forget_unseen_parent();
    fill_page();
    errno = saved;
  }
  return mode();
}

void follow_forks() noexcept {
  ::pthread_atfork(before_fork, after_fork, after_fork_in_child);
  g_process = kernel::getpid();
  learn_mode();  // first: a page that is empty from now on was cleared
  // An emulator takes any advice, and follows none.
  g_told = !is_emulated() && kernel::madvise(&g_mode_page, sizeof g_mode_page, MADV_WIPEONFORK) == 0;
}

bool is_forked() noexcept { return g_forked; }

bool is_memory_borrowed() noexcept {
  learn_mode();
  const pid_t process = kernel::getpid();
  return process > 0 && process != g_process;  // a filter of system calls may refuse it
}

}  // namespace gordian::rt
