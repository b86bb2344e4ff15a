// mlockall.cpp - mlockall(): what is locked is the program's memory, not our tables.
//
// They are reserved for all that the address space may hold, and hardly touched: locked with the rest they would take
// a gigabyte of memory, and a limit (RLIMIT_MEMLOCK) that the program keeps would be passed. So what there is
// is locked mapping by mapping, without ours; and what we map for tables and arrays from then on is given back at once
// (base/memory.h). For the program it is as without us: result, errno, which of its pages are in memory. Where the kernel
// does not say what is mapped, or does not know MCL_ONFAULT (Linux 4.4), all is locked.
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/inside.h"
#include "base/kernel.h"
#include "base/signals_held.h"
#include "hooks/behind.h"
#include "process/memory_map.h"
#include "process/own_module.h"
#include "process/threads.h"
#include "start/state.h"
#include "tables/live.h"

namespace {

using namespace gordian::rt;
using Mlockall = int(int);

constinit Behind<Mlockall> g_next{"mlockall"};
__attribute__((constructor)) void find_next() { g_next.found = g_next.look_up(); }

// Our own memory, by address. With a table all counts as ours that the kernel lists as one mapping: huge pages are declined for
// hardly any but ours.
bool list_own(const MemoryMap& map, PageArray<AddressRange>& own) noexcept {
  own.push({own_base(), reinterpret_cast<Address>(_end)});
  const auto note = [&](Address low) {
    const Mapping* const mapping = map.find(low);
    if (mapping != nullptr) own.push({mapping->low, mapping->high});
  };
  g_live.blocks.for_each_region(note);
  g_live.objects.for_each_region(note);
  g_live.weak.for_each_region(note);
  g_live.strong.for_each_region(note);
  g_live.counts.for_each_region(note);
  g_live.marks.for_each_region(note);
  sort_rows(own, [](const AddressRange& a, const AddressRange& b) { return a.low < b.low; });
  return !own.failed();
}

// Calls visit(low, high) for what of [low, high) is not in `own`.
template <class Visit>
void for_each_other_part(Address low, Address high, const PageArray<AddressRange>& own, Visit&& visit) noexcept {
  for (const AddressRange& range : own) {
    if (range.high <= low || range.low >= high) continue;
    if (range.low > low) visit(low, range.low);
    low = range.high;
  }
  if (low < high) visit(low, high);
}

// Whether the kernel would admit it without us.
bool is_within_limit(const MemoryMap& map, const PageArray<AddressRange>& own) noexcept {
  rlimit limit = {};
  if (kernel::getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return false;
  std::size_t bytes = 0;
  for (const Mapping& m : map.mappings()) {
    for_each_other_part(m.low, m.high, own, [&bytes](Address low, Address high) { bytes += high - low; });
  }
  return bytes <= limit.rlim_cur;
}

int lock_current(Mlockall* next, int flags) noexcept {
  MemoryMap map;
  PageArray<AddressRange> own;
  if (!map.read() || !list_own(map, own)) return next(flags);
  // So nothing comes into memory yet. Who may lock no memory at all is told that.
  const int result = next(flags | MCL_ONFAULT);
  if (result != 0 && errno == EINVAL) return next(flags);
  if (result != 0 && (errno != ENOMEM || !is_within_limit(map, own))) return result;
  if (result != 0) kernel::call(SYS_munlockall);  // what was to be locked from an earlier call on, too
  for (const AddressRange& range : own) kernel::call(SYS_munlock, range.low, range.high - range.low);
  // What cannot be read or is gone meanwhile fails, here as in mlockall().
  const bool on_fault = (flags & MCL_ONFAULT) != 0;
  for (const Mapping& m : map.mappings()) {
    for_each_other_part(m.low, m.high, own, [on_fault](Address low, Address high) {
      constexpr long kOnFault = MLOCK_ONFAULT;
      on_fault ? kernel::call(SYS_mlock2, low, high - low, kOnFault) : kernel::call(SYS_mlock, low, high - low);
    });
  }
  return (flags & MCL_FUTURE) != 0 ? next(flags & ~MCL_CURRENT) : 0;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int mlockall(int flags) noexcept {
  Mlockall* const next = g_next.get();
  constexpr int kKnown = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
  if (!tracking() || (flags & ~kKnown) != 0 || (flags & (MCL_CURRENT | MCL_FUTURE)) == 0) return next(flags);
  const int before = errno;
  const NotCancelled whole;
  const SignalsHeld held(kHeldSignals & ~signal_bit(kPauseSignal));
  const Inside inside;
  const bool were_locked = g_locks_mappings.exchange((flags & MCL_FUTURE) != 0);
  const int result = (flags & MCL_CURRENT) != 0 ? lock_current(next, flags) : next(flags);
  if (result == 0) {
    errno = before;
  } else {
    g_locks_mappings.store(were_locked);
  }
  return result;
}
