// check.cpp - see check.h. Reads as the data flows: tables, roots, scan, snapshot, tool.
#include "start/check.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/kernel.h"
#include "base/own_descriptor.h"
#include "base/own_stack.h"
#include "base/say.h"
#include "base/signals_held.h"
#include "base/write_signals.h"
#include "capture/capture.h"
#include "capture/rule_cache.h"
#include "output/kept_file.h"
#include "output/report_names.h"
#include "output/snapshot_writer.h"
#include "output/tool_process.h"
#include "process/program_malloc.h"
#include "process/room_for_descriptors.h"
#include "process/safe_copy.h"
#include "start/earlier.h"
#include "start/options.h"
#include "start/requests.h"
#include "start/scan_memory.h"
#include "start/scope.h"
#include "start/state.h"
#include "tables/live.h"
#include "tables/moving_block.h"


namespace gordian::rt {
namespace {

// The one check at a time. Whoever waits for it can be paused by it; whoever has it runs no handler of the program's,
// which might wait for a thread that is paused, end the process, or never return.
class OneCheck {
 public:
  OneCheck() noexcept {
    for (;;) {
      before_ = hold_signals(kHeldSignals);
      if (g_running.exchange(kRunning, std::memory_order_acquire) == kNone) return;
      hold_as_before(before_);
      kernel::call(SYS_futex, &g_running, FUTEX_WAIT_PRIVATE, kRunning, nullptr, nullptr, 0);
    }
  }
  ~OneCheck() {
    forget();
    kernel::call(SYS_futex, &g_running, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
    hold_as_before(before_);
  }
  OneCheck(const OneCheck&) = delete;
  OneCheck& operator=(const OneCheck&) = delete;

  static void forget() noexcept { g_running.store(kNone, std::memory_order_release); }

 private:
  enum : int { kNone, kRunning };
  inline static constinit std::atomic<int> g_running{kNone};

  KernelSignals before_;
};

// A file in memory that the tool gets by descriptor. -1 and errno on failure.
int open_memory(const char* name, unsigned flags) noexcept {
  return own_descriptor(kernel::memfd_create(name, flags | MFD_CLOEXEC));
}

// Where the snapshot is, for the tool; without one its file is -1.
struct SnapshotPlace {
  int fd = -1;
  char path[kLongestPath] = {};
  DraftSuffix draft = {};       // of one to keep, while it is written; "" for one in memory
  PageArray<char> environment;  // for the tool, as the check found it
};

// A snapshot nobody asked to keep lives in memory only. So does that of a scope: there are many.
int open_snapshot(CheckRequest request, std::uint32_t number, SnapshotPlace& place) noexcept {
  if (g_options.snapshot[0] != '\0' && request.text == nullptr) {
    if (!expand_name(g_options.snapshot, number, place.path)) {
      errno = ENAMETOOLONG;
      return -1;
    }
    const int draft = open_draft(place.path, place.draft);
    const int fd = own_descriptor(draft);
    if (draft >= 0 && fd < 0) errno = keep_draft(place.path, place.draft, errno);
    return fd;
  }
  strcpy(place.path, "the snapshot");
  const int fd = open_memory("gordian-snapshot", MFD_ALLOW_SEALING);
  if (fd < 0) return -1;
  Line line;
  line << "/proc/self/fd/" << fd;
  strcpy(place.path, line.text());
  return fd;
}

// Who holds something can be told only where what is owned is recorded. A part of a test does not ask.
bool records_whole_heap(const CheckRequest& request) noexcept {
  return request.asked != 0 || (g_options.whole_heap && request.text == nullptr);
}

// When it cannot be written, that is said.
void write(Scan& scan, CheckRequest request, std::uint32_t number, std::uint64_t owned, SnapshotPlace& place) noexcept {
  if (request.text == nullptr) claim_names(number);
  place.fd = open_snapshot(request, number, place);
  int error = errno;
  if (place.fd >= 0) {
    WriteSignalsTaken taken;
    error = write_snapshot(place.fd, {scan.modules, scan.classes, scan.heap, scan.objects, scan.recording, scan.census,
                                      request.exit_status, number, owned, scan.threads.unanswered(), scan.roots.unreadable(),
                                      records_whole_heap(request),
                                      request.asked, scan.calls});
    if (place.draft[0] != '\0') error = keep_draft(place.path, place.draft, error);
    if (error == 0) return;
    if (place.draft[0] == '\0') strcpy(place.path, "the snapshot");
    close_own(place.fd);
    place.fd = -1;
  }
  if (request.text == nullptr) drop_claims();
  say("cannot write ", place.path, ": ", Errno{error}, "; name another place with GORDIAN_OPTIONS=snapshot=PATH");
}

// The tool's text goes to `request.text` in place of standard error, unless it is -1.
Verdict run_tool_on(const SnapshotPlace& place, ToolRequest request) noexcept {
  // Nobody changes it any more, so the tool need not copy it. A file of the user's cannot be sealed.
  if (!is_lost(place.fd)) kernel::fcntl(place.fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
  request.snapshot = place.path;
  request.environment = &place.environment;
  const ToolResult result = run_tool(request, g_options);
  close_own(place.fd);
  if (result == ToolResult::clean) return Verdict::clean;
  return result == ToolResult::failed ? Verdict::failed : Verdict::unknown;
}

std::uint64_t count_owned(const Objects& objects) noexcept {
  std::uint64_t owned = 0;
  for (std::uint32_t i = 0; i < objects.size(); ++i) owned += (objects[i].state & kObjOwned) != 0 ? 1u : 0u;
  return owned;
}

void say_statistics(const Scan& scan, std::uint64_t owned, long microseconds) noexcept {
  say("checked ", static_cast<std::uint64_t>(scan.heap.blocks().size()), " blocks and ",
      static_cast<std::uint64_t>(scan.objects.size()), " objects, ", owned, " of them surely owned, in ",
      static_cast<std::uint64_t>(microseconds), " us; ", captures_by_boost(), " stacks were left to Boost.Stacktrace, ",
      captures_compared(), " compared");
}

// All that gordian takes of the program's memory. What of it was touched, that is; of the check's all.
void say_memory() noexcept {
  const auto kib = [](std::size_t bytes) { return static_cast<std::uint64_t>(bytes / 1024); };
  const std::size_t handles = g_live.weak.bytes_mapped() + g_live.strong.bytes_mapped() + g_live.counts.bytes_mapped();
  say("memory in KiB: blocks ", kib(g_live.blocks.bytes_mapped()), ", objects ", kib(g_live.objects.bytes_mapped()),
      ", handles ", kib(handles), ", stacks ", kib(stack_depot_bytes()), ", frame rules ", kib(rules_bytes()),
      ", walks ", kib(walks_bytes()), "; the check at most ", kib(most_array_bytes()));
}

long now_microseconds() noexcept {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

// Whether the program's calls of malloc() come to us. An allocator of the program's own comes before us, and then no
// block was seen; a sanitizer's does, too, but may tell us.
bool sees_blocks() noexcept {
  if (g_state.listens || program_malloc().ours) return true;
  return program_malloc().jump && g_live.blocks.bytes_mapped() != 0;  // where it leads to us, blocks were seen
}
bool says_whose_malloc() noexcept {
  if (sees_blocks()) return false;
  void* const used = program_malloc().code;
  Dl_info place = {};
  Dl_info libc = {};
  ::dladdr(used, &place);
  ::dladdr(reinterpret_cast<const void*>(gnu_get_libc_version), &libc);
  if (place.dli_fbase == libc.dli_fbase) {  // not by __libc_malloc: tcmalloc has one, too
    say("malloc is libc's, not gordian's: only a library is linked with gordian, or it was opened by dlopen(). ",
        "Nothing was checked; link the program with gordian, or start it by gordian run");
    return true;
  }
  Dl_info program = {};
  ::dladdr(reinterpret_cast<const void*>(::getauxval(AT_ENTRY)), &program);
  const bool in_library = place.dli_fname != nullptr && place.dli_fbase != program.dli_fbase;
  say("malloc is that of ", place.dli_fname != nullptr ? place.dli_fname : "the program",
      in_library ? ", which comes before gordian. Nothing was checked; link gordian in front of it"
                 : " (an allocator of the program's own), not gordian's. Nothing was checked; build the program without it");
  return true;
}

// Whether an object is alive at `control` that operator new has made room for. What memory that was given back still has of one
// are counts that have gone to zero.
bool is_alive_from_new(Classes& classes, Address control) noexcept {
  std::uint64_t copy[8] = {};
  if (copy_safely(control, copy, sizeof copy[0]) != Copied::all) return false;
  const std::uint32_t c = classes.find_control(copy[0]);
  if (c == kNoIndex || classes[c].name == nullptr) return false;
  const ControlFamily& family = family_at(classes[c].family);
  if (family.header > sizeof copy || copy_safely(control, copy, family.header) != Copied::all) return false;
  const Counts counts = read_counts(family, reinterpret_cast<Address>(copy));
  // By std::allocator, or for a new T: another allocator may have a pool.
  const bool from_new = strstr(classes[c].name, "SaI") != nullptr || strstr(classes[c].name, "_Sp_counted_ptrI") != nullptr;
  return from_new && counts.plausible && counts.use != 0;
}

// An operator new of the program's own may have all objects elsewhere than in malloc's blocks: then none was looked at.
bool says_whose_memory(Scan& scan) noexcept {
  if (scan.objects.size() != 0 || scan.objects.foreign() == 0 || !program_malloc().own_new || g_state.listens) return false;
  std::uint64_t elsewhere = 0;
  for_each_object_entry([&](Address control, StackId, std::uint32_t) {
    elsewhere += is_alive_from_new(scan.classes, control) ? 1u : 0u;
  });
  if (elsewhere == 0) return false;
  say("operator new is the program's own and does not take its memory from malloc(): ", elsewhere,
      elsewhere == 1 ? " object lies" : " objects lie", " elsewhere, and none in malloc's blocks. ",
      "Nothing was checked; build the program without it");
  return true;
}

// Where nothing was found the tool is needed only for reports that were asked for, and to read the user's files:
// a mistake in one is to be told before the day that it matters.
bool wants_tool_always() noexcept {
  for (const char* path : {g_options.text, g_options.json, g_options.sarif, g_options.junit,
                           g_options.markdown, g_options.github, g_options.html, g_options.snapshot,
                           g_options.suppressions, g_options.baseline, g_options.families}) {
    if (path[0] != '\0') return true;
  }
  return g_options.growth;
}

// What fails is then not seen from counts alone: who holds a lost object looks like who holds any.
bool counts_orphans() noexcept { return strcmp(g_options.fail_on, "orphans") == 0; }

// Closes it. False where the program has done so before: the text is lost.
bool read_text(int fd, PageArray<char>& text) noexcept {
  const auto size = static_cast<std::size_t>(is_lost(fd) ? 0 : kernel::lseek(fd, 0, SEEK_END));
  if (text.resize(size) && kernel::pread(fd, text.data(), size, 0) != static_cast<ssize_t>(size)) text.clear();
  const bool lost = is_lost(fd);  // asked again: what was read by then is surely the tool's
  close_own(fd);
  return !lost;
}

Verdict run_tool_for_text(const SnapshotPlace& place, const CheckRequest& request) noexcept {
  PageArray<char>& text = *request.text;
  const int fd = open_memory("gordian-report", 0);
  if (fd < 0) {
    say("cannot take a report: ", Errno{errno});
    close_own(place.fd);
    return Verdict::unknown;
  }
  const Verdict verdict =
      run_tool_on(place, {.text = fd, .only_proved = request.framework_calls, .asked = request.asked});
  if (!read_text(fd, text)) {
    say("cannot take a report: ", Errno{EBADF});
    return Verdict::unknown;
  }
  return verdict;
}

bool is_last(const CheckRequest& request) noexcept { return request.exit_status != snapshot::kNoExitStatus; }

// A check that tells all. After the last one of a process nobody asks what it has found.
Verdict run_tool_for_reports(const SnapshotPlace& place, const CheckRequest& request, std::uint32_t number) noexcept {
  ToolRequest orders;
  orders.check = number;
  orders.only_grown = request.cause == CheckCause::time;
  const int earlier = is_last(request) && !has_earlier() ? -1 : open_memory("gordian-earlier", 0);
  Line path;
  if (earlier >= 0 && write_earlier(earlier)) {
    path << "/proc/self/fd/" << earlier;
    orders.earlier = path.text();
  }
  const Verdict verdict = run_tool_on(place, orders);
  drop_claims();
  if (earlier < 0) return verdict;
  if (verdict != Verdict::unknown && orders.earlier != nullptr) keep_found(number, earlier);
  close_own(earlier);
  return verdict;
}

void say_tables_full() noexcept {
  say("memory for gordian's tables ran out, so not everything was tracked; give the program more address space");
}

// What a scan has found: a verdict, or a snapshot at `place` for the tool to judge.
Verdict write_what_was_found(Scan& scan, ScanResult result, long start, const CheckRequest& request,
                             std::uint32_t number, SnapshotPlace& place) noexcept {
  if (result.kind == ScanResult::fault) {
    say("the program's memory at ", Hex{result.unreadable}, " cannot be read. Nothing was checked");
    return Verdict::unknown;
  }
  if (result.kind == ScanResult::hidden_stacks) {
    say("threads do not answer, and beside AddressSanitizer their stacks cannot be found. ",
        "Nothing was checked; build the program once without it");
    return Verdict::unknown;
  }
  if (result.kind == ScanResult::fork_waits) {
    say("a fork() has kept gordian's locks for ten seconds: it may wait for one of the thread that checks. ", "Nothing was checked");
    return Verdict::unknown;
  }
  if (result.kind == ScanResult::out_of_memory) {
    say("there is no memory left to check with, or no file descriptor, or /proc/self cannot be read. ", "Nothing was checked");
    return Verdict::unknown;
  }
  if (g_live.unseen_memory.load(std::memory_order_relaxed) != 0) {
    say_tables_full();
    return Verdict::unknown;
  }
  const std::uint64_t owned = count_owned(scan.objects);
  if (g_options.verbosity > 0) {
    say_statistics(scan, owned, now_microseconds() - start);
    say_memory();
  }
  const bool nothing = scan.recording.empty();
  if (nothing && g_live.dropped.load(std::memory_order_relaxed) != 0) {
    say_tables_full();
    return Verdict::unknown;
  }
  if (request.text == nullptr && says_whose_memory(scan)) return Verdict::unknown;
  const bool writes_all = request.text == nullptr && wants_tool_always() && !writes_only_findings();
  if (nothing && request.asked == 0 && !writes_all) return Verdict::clean;
  if (g_options.growth && request.text == nullptr && !take_census(scan.objects, scan.census)) {
    say("there is no memory left to count what grows");
    scan.census.clear();
  }
  write(scan, request, number, owned, place);
  return Verdict::unknown;
}

// Likewise. What a scan takes is given back before the tool runs, which needs as much for a large leak.
Verdict scan_and_write(const CheckRequest& request, std::uint32_t number, SnapshotPlace& place) noexcept {
  // Each fault takes one more page out, so a thread that frees while it is read from is soon out of the way.
  constexpr unsigned kMostTries = 16;
  Readable readable;
  for (unsigned tries = 1;; ++tries) {
    void* const room = map_pages(sizeof(Scan));
    if (room == nullptr) {
      say("there is no memory left to check with. Nothing was checked");
      return Verdict::unknown;
    }
    auto* const scan = new (room) Scan;
    const long start = now_microseconds();
    const ScanResult result = scan_memory(
        *scan, {.part = {request.scope != 0 ? request.scope : scope_of_child()}, .from_main = request.framework_calls, .whole_heap = records_whole_heap(request),
                .last = is_last(request), .readable = &readable, .environment = &place.environment});
    // A module that was there when they were listed may be gone by the time that all threads are paused.
    const bool again = result.kind == ScanResult::fault && tries < kMostTries &&
                       (scan->modules.is_outdated() || readable.note_fault(result.unreadable));
    Verdict verdict = Verdict::unknown;
    if (!again) verdict = write_what_was_found(*scan, result, start, request, number, place);
    scan->~Scan();
    kernel_munmap(scan, sizeof(Scan));
    if (!again) return verdict;
  }
}

}  // namespace

bool can_check() noexcept {
  return tracking() && g_options.fault[0] == '\0' && sees_blocks();
}

namespace {

Verdict check_alone(const CheckRequest& request) noexcept {
  if (request.cause != CheckCause::program && is_ending()) return Verdict::clean;
  if (request.scope != 0 && !counts_orphans() && scope_is_held(request.scope)) return Verdict::clean;
  SnapshotPlace place;
  const std::uint32_t number = request.text == nullptr ? number_check() : 0;
  const Verdict verdict = scan_and_write(request, number, place);
  if (place.fd < 0) {
    if (number != 0 && verdict == Verdict::clean) keep_found(number, -1);
    return verdict;
  }
  if (request.text == nullptr) return run_tool_for_reports(place, request, number);
  return run_tool_for_text(place, request);
}

}  // namespace

Verdict run_check(CheckRequest request) noexcept {
  if (g_options.fault[0] != '\0') {
    say(g_options.fault, ". Nothing was checked");
    return Verdict::unknown;
  }
  if (g_state.refusal != nullptr) {
    static constinit std::atomic<bool> told{false};
    if (!told.exchange(true)) say(g_state.refusal);
    return Verdict::unknown;
  }
  if (g_state.gave_up.load(std::memory_order_relaxed)) return Verdict::unknown;  // give_up() has said why
  if (!tracking()) return Verdict::clean;
  if (says_whose_malloc()) return Verdict::unknown;
  const NotCancelled whole;
  const OneCheck one;
  const RoomForDescriptors room;
  const MovingBlockBack moving;  // a handler that has interrupted realloc() may check, or end the process
  // A thread may have 16 KiB of stack, and a handler that calls exit() even less: a check takes more.
  Verdict verdict = Verdict::unknown;
  const bool has_stack = call_on_own_stack([&] { verdict = check_alone(request); });
  if (!has_stack) say("there is no memory left to check with. Nothing was checked");
  return verdict;
}

void forget_checks() noexcept {
  OneCheck::forget();
  forget_earlier();
}

void give_up(const char* what, const char* file, int line) noexcept {
  stop_tracking();
  if (!g_state.gave_up.exchange(true)) {
    say("fault of gordian's own (", what, " at ", file, ":", line, "). Nothing was checked; please report it");
  }
  if (g_options.abort) ::abort();
}

}  // namespace gordian::rt
