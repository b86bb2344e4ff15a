// start.cpp - the runtime's life in order: start, fork, exit.
//
// Start: -z initfirst makes our constructor the first of all, before libc's own: nothing
// here may use what libc sets up later (environ: the loader passes it to constructors).
//
// Exit: the handler registered first runs last. on_exit() handlers, unlike atexit()'s of
// a shared library, do not run when a library is unloaded but in the list of exit() itself;
// and as libc registers the unloading of all libraries after our constructor ran, ours
// comes behind every static destructor of every library. It is also told the status.
//
// Then exit() is called once more, from within: libc goes on with what is left (nothing but
// flushing its files) and ends with the new status, so no output of the program is lost.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>


#include "base/inside.h"
#include "base/kernel.h"
#include "base/say.h"
#include "base/signals_held.h"
#include "base/standard_error.h"
#include "capture/capture.h"
#include "capture/rule_cache.h"
#include "hooks/allocator_below.h"
#include "hooks/mmap.h"
#include "hooks/operator_new.h"
#include "hooks/sanitizer_blocks.h"
#include "machine/thread_area.h"
#include "output/report_names.h"
#include "output/tool_environment.h"
#include "process/caller_frame.h"
#include "process/emulator.h"
#include "process/own_module.h"
#include "process/modules.h"
#include "process/program_mappings.h"
#include "process/sanitizer.h"
#include "process/thread_descriptors.h"
#include "process/threads.h"
#include "process/valgrind.h"
#include "scan/roots.h"
#include "start/check.h"
#include "start/exit.h"
#include "start/fork.h"
#include "start/options.h"
#include "start/preload.h"
#include "start/requests.h"
#include "start/scope.h"
#include "start/state.h"

extern "C" const char* gordian_default_options(void) __attribute__((weak));
// A program that is tested with LeakSanitizer says there what it accepts.
extern "C" const char* __lsan_default_suppressions(void) __attribute__((weak));

namespace gordian::rt {

namespace {

const char* environment_value(char** environment, const char* name) noexcept {
  const std::size_t size = strlen(name);
  for (char** e = environment; e != nullptr && *e != nullptr; ++e) {
    if (strncmp(*e, name, size) == 0 && (*e)[size] == '=') return *e + size + 1;
  }
  return nullptr;
}

Unwinder unwinder_called(const char* name) noexcept {
  if (strcmp(name, "boost") == 0) return Unwinder::boost;
  return strcmp(name, "both") == 0 ? Unwinder::both : Unwinder::tables;
}

// `run_options` are those that `gordian run` was given; null without it.
void read_options(char** environment, const char* run_options) noexcept {
  if (&gordian_default_options != nullptr) {
    parse_options(gordian_default_options(), "gordian_default_options()", g_options);
  }
  parse_options(environment_value(environment, "GORDIAN_OPTIONS"), "GORDIAN_OPTIONS", g_options);
  parse_options(run_options, "gordian run", g_options);
  if (&__lsan_default_suppressions != nullptr) g_state.leak_suppressions = __lsan_default_suppressions();
  g_state.depth.store(static_cast<unsigned>(g_options.depth), std::memory_order_relaxed);
  if (g_options.block_stacks) switch_on(kBlockStacks);
  begin_code_epoch();  // the stacks that were captured before have another depth
  g_unwinder.store(unwinder_called(g_options.unwinder), std::memory_order_relaxed);
  if (g_options.help) print_options();
}

// The path that LD_PRELOAD has of us, where it is the reason that we are here.
const char* own_path() noexcept {
  Dl_info own = {};
  return ::dladdr(reinterpret_cast<void*>(own_base()), &own) != 0 ? own.dli_fname : nullptr;
}

bool is_this_program(const char* glob) noexcept {
  char path[kLongestPath];
  const ssize_t size = kernel::readlink("/proc/self/exe", path, sizeof path - 1);
  if (size < 0) return true;  // in doubt checked: not a silence that nobody asked for
  path[size] = '\0';
  return glob_names(glob, path);
}

// Does to the environment what `orders` say. False: this program is not to be checked.
bool follow_orders(const RunOrders& orders, char** environment) noexcept {
  if (orders.options == nullptr) return true;
  if (orders.follow == nullptr) {
    restore_environment(environment, own_path());
    return true;
  }
  mark_named_started(environment);
  return orders.named || is_this_program(orders.follow);
}

// The program's output comes before ours. Only when nobody holds the stream: a thread
// blocked in a read of a file holds its lock, and flushing all files would wait for it.
void flush_standard_output() noexcept {
  if (::ftrylockfile(stdout) != 0) return;
  ::fflush_unlocked(stdout);
  ::funlockfile(stdout);
}

// Options that cannot be followed are told whatever else they say.
bool check_wanted() noexcept { return g_options.check_at_exit || g_options.fault[0] != '\0'; }

constinit bool g_ending = false;

void at_exit(int status, void*) noexcept {
  if (!is_first_to_end([] { ::on_exit(at_exit, nullptr); })) return;
  g_ending = true;
  if (check_wanted()) flush_standard_output();  // not for quick_exit(), which drops what is buffered
  const int final = status_after_check(status);
  if (final != (status & 0xff)) ::exit(final);
}

// AddressSanitizer has told of leaks and ends the process, with a status of its own.
void at_leaks_told() noexcept {
  if (g_ending) return;
  g_ending = true;
  if (check_wanted()) flush_standard_output();
  status_after_check(0);
}

// libc takes a handler from its list before it calls it, and ours registers itself again only then. As long as fewer threads
// than this are in between, the next one still finds a handler.
constexpr int kHandlersOfEach = 8;

void follow_exits() noexcept {
  for (int i = 0; i < kHandlersOfEach; ++i) {
    ::on_exit(at_exit, nullptr);
    ::at_quick_exit(at_quick_exit_check);
  }
}

// Valgrind would also call our looks at memory that was never written errors of the program's.
void stand_aside_for_valgrind() noexcept {
  if (!valgrind_has_malloc()) return;
  stop_tracking();
  g_state.refusal = "Valgrind has replaced malloc, so gordian stands aside. Nothing was checked";
  g_state.stands_aside = true;
}

__attribute__((constructor)) void start(int, char**, char** environment) {
  Inside inside;
  follow_sanitizer();
  find_operators();
  find_mapping_functions();
  if (!g_state.listens) find_allocator_in_front();
  stand_aside_for_valgrind();
  note_emulator();
  find_exit_function();
  find_thread_descriptors();
  note_first_thread();
  note_modules_that_stay();
  // Elevated rights: no file of ours, no tool by PATH, nothing an outsider's environment asks.
  if (::getauxval(AT_SECURE) != 0) {
    stop_tracking();
    return;
  }
  const RunOrders orders = read_run_orders(environment);
  if (!follow_orders(orders, environment)) {
    stop_tracking();
    return;
  }
  note_standard_error();
  read_options(environment, orders.options);
  note_library_path(environment);
  follow_forks();
  note_first_process();
  follow_exits();
  listen_for_requests();
  if (g_state.listens) before_leaks_end_process(at_leaks_told);
}

}  // namespace

bool is_first_to_end(void (*register_again)()) noexcept {
  if (is_memory_borrowed()) return false;
  const Address self = thread_pointer();
  Address first = 0;
  const bool is_first = g_state.ending_thread.compare_exchange_strong(first, self, std::memory_order_acq_rel);
  if (first == self) return false;
  register_again();
  while (!is_first) kernel::pause();
  return true;
}

int status_after_check(int status) noexcept {
  status &= 0xff;  // what the parent gets to see of it
  NotCancelled whole;
  Inside inside;
  stop_listening();
  if (!check_wanted()) return status;
  // A test's child process (a death test) is not blamed for what tests before have leaked.
  const unsigned scope = is_forked() && open_scopes() != 0 ? 1 : 0;
  const Verdict verdict = run_check({.exit_status = status, .scope = scope});
  resume_at_end();
  if (status != 0) return status;
  if (verdict == Verdict::failed) return g_options.exitcode;
  return verdict == Verdict::unknown && !g_state.stands_aside ? g_options.error_exitcode : 0;
}

}  // namespace gordian::rt
