// scan_memory.cpp - see scan_memory.h.
#include "start/scan_memory.h"

#include <new>

#include "base/fork_wait.h"
#include "base/spin_lock.h"
#include "output/tool_environment.h"
#include "process/absent_pages.h"
#include "process/caller_frame.h"
#include "process/program_mappings.h"
#include "scan/fault_guard.h"
#include "scan/held.h"
#include "scan/ownership.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Calls look(), which says whether memory sufficed.
template <class Look>
ScanResult look_while_paused(Scan& scan, Look&& look) noexcept {
  FaultGuard guard(scan.workers);
  bool done = false;
  if (__builtin_setjmp(guard.home) == 0) done = look();
  if (scan.workers.called_off()) return {ScanResult::fault, guard.fault_address()};
  return {done ? ScanResult::done : ScanResult::out_of_memory, 0};
}

template <class Look>
ScanResult pause_and_look_alone(Scan& scan, bool last, Look&& look) noexcept {
  if (!scan.modules.read()) return {ScanResult::out_of_memory, 0};
  lock_program_mappings();  // a thread that is in the middle of changing them comes to an end first
  scan.threads.pause();
  const bool hidden = has_hidden_stacks(scan.threads);
  const ScanResult result = hidden ? ScanResult{ScanResult::hidden_stacks, 0} : look_while_paused(scan, look);
  if (last && result.kind == ScanResult::done) {  // else there may be another try
    scan.threads.hold_to_end();
  } else {
    scan.threads.resume();
  }
  unlock_program_mappings();
  return result;
}

constinit SpinLock g_scan;

template <class Look>
ScanResult pause_and_look(Scan& scan, bool last, Look&& look) noexcept {
  if (!g_scan.lock_unless(waited_long_for_fork)) return {ScanResult::fork_waits, 0};
  const ScanResult result = pause_and_look_alone(scan, last, look);
  g_scan.unlock();
  return result;
}

// Whether a thread that goes on may unload a module.
bool may_change(const ModuleMap& modules) noexcept {
  for (const Module& m : modules.modules()) {
    if (m.may_go) return true;
  }
  return false;
}

bool scan_paused(Scan& scan, const CallerFrame& caller, const ScanRequest& request) noexcept {
  if (!request.readable->find_absent_pages() || !scan.roots.read_map()) return false;
  if (!scan.heap.build(request.part, *request.readable) || !scan.objects.build()) return false;
  if (!scan.roots.collect(scan.modules, scan.threads, caller, scan.heap, *request.readable)) return false;
  scan.workers.use_helpers_for(scan.heap.blocks().size());
  if (!count_words(scan.roots, scan.heap, scan.objects, scan.workers)) return false;
  scan.objects.find_managed_blocks();
  return flood_from_roots(scan.roots, scan.heap, scan.objects, scan.workers) &&
         record(scan.modules, scan.roots, scan.heap, scan.classes, scan.objects, scan.workers, request.whole_heap,
                scan.recording) &&
         (!may_change(scan.modules) || scan.classes.keep_names()) && copy_environment(*request.environment);
}

}  // namespace

bool try_lock_scan() noexcept { return g_scan.try_lock(); }
void unlock_scan() noexcept { g_scan.unlock(); }

ScanResult scan_memory(Scan& scan, const ScanRequest& request) noexcept {
  const CallerFrame caller = find_caller_frame();
  const CallerFrame main = request.from_main ? find_outermost_frame() : caller;
  if (request.whole_heap) list_calls(scan.calls);
  scan.modules.ask(*request.readable);
  return pause_and_look(scan, request.last, [&] { return scan_paused(scan, main.found ? main : caller, request); });
}

bool scope_is_held(unsigned level) noexcept {
  bool empty = true;
  for_each_block([&](Address, std::uint64_t, std::uint32_t entry) {
    empty = empty && scope_level(entry) < level;
  });
  if (empty) return true;             // most scopes leave nothing
  if (has_userfaultfd()) return false;  // not all of them may be read
  void* const room = map_pages(sizeof(Scan));
  if (room == nullptr) return false;
  auto* const scan = new (room) Scan;
  const ScanResult result = pause_and_look(*scan, false, [&] {
    return scan->heap.build({level, true}) && scan->objects.build() &&
           all_held_from_outside(scan->heap, scan->objects, scan->workers);
  });
  scan->~Scan();
  kernel_munmap(room, sizeof(Scan));
  return result.kind == ScanResult::done;
}

}  // namespace gordian::rt
