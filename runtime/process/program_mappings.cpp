// program_mappings.cpp - see program_mappings.h. A sorted array: a call of mmap() costs more than to move part of it.
#include "process/program_mappings.h"

#include "base/fork_wait.h"
#include "base/kernel.h"
#include "base/spin_lock.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Constant-initialised and never destroyed: the first call may come before any constructor, the last after all
// destructors.
struct Mappings {
  SpinLock lock;
  // Handlers that interrupt the holder look at these.
  std::atomic<bool> is_for_fork{false};  // that it is locked
  std::atomic<bool> is_changing{false};
  std::uint64_t calls = 0;          // that took something away, until now
  std::atomic<unsigned> moves{0};   // under way
  std::atomic<bool> in_doubt{false};  // for good
  alignas(PageArray<ProgramMapping>) unsigned char room[sizeof(PageArray<ProgramMapping>)];
};
constinit Mappings g_mappings = {};

PageArray<ProgramMapping>& ranges() noexcept {
  return *reinterpret_cast<PageArray<ProgramMapping>*>(g_mappings.room);  // all zeros is an empty one
}

template <class Change>
void change_as_holder(Change&& change) noexcept {
  g_mappings.is_changing.store(true, std::memory_order_relaxed);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  change();
  std::atomic_signal_fence(std::memory_order_seq_cst);
  g_mappings.is_changing.store(false, std::memory_order_relaxed);
}

// Calls change() with the lock. False where nothing can be changed: this thread has been interrupted with the lock, or a
// fork() has it that may wait for this thread.
template <class Change>
bool change_locked(Change&& change) noexcept {
  if (!g_mappings.lock.is_mine()) {
    const LockGuard guard(g_mappings.lock, waited_enough_for_fork);
    if (guard.is_locked()) change_as_holder(change);
    return guard.is_locked();
  }
  if (!g_mappings.is_for_fork || g_mappings.is_changing) return false;
  change_as_holder(change);
  return true;
}

// In place of ranges [first, last) `count` of those at `with`. False where that is more, and no memory is left: then
// nothing changes.
bool replace_locked(std::size_t first, std::size_t last, const ProgramMapping* with, std::size_t count) noexcept {
  PageArray<ProgramMapping>& all = ranges();
  const std::size_t old_size = all.size();
  const std::size_t new_size = old_size - (last - first) + count;
  if (new_size > old_size && !all.resize(new_size)) return false;
  memmove(all.data() + first + count, all.data() + last, (old_size - last) * sizeof(ProgramMapping));
  for (std::size_t i = 0; i < count; ++i) all[first + i] = with[i];
  for (std::size_t i = new_size; i < old_size; ++i) all.pop();
  return true;
}

// So that no range goes across `at`.
bool cut_locked(Address at) noexcept {
  const std::size_t i = first_that_ends_above(ranges(), at);
  if (i == ranges().size() || ranges()[i].low >= at) return true;
  const ProgramMapping whole = ranges()[i];
  const ProgramMapping parts[] = {{whole.low, at, whole.leave}, {at, whole.high, whole.leave}};
  return replace_locked(i, i + 1, parts, 2);
}

// The ranges [first, last) are those within [low, high), to which others have been cut. False where no memory is left.
struct Within {
  std::size_t first;
  std::size_t last;
};
bool cut_out_locked(Address low, Address high, Within& within) noexcept {
  if (high <= low || !cut_locked(low) || !cut_locked(high)) return false;
  within.first = within.last = first_that_ends_above(ranges(), low);
  while (within.last < ranges().size() && ranges()[within.last].low < high) ++within.last;
  return true;
}

// Neighbours from the range before `low` on are one where they can be.
void join_locked(Address low, Address high) noexcept {
  std::size_t i = first_that_ends_above(ranges(), low);
  if (i > 0) --i;
  while (i + 1 < ranges().size() && ranges()[i].low < high) {
    ProgramMapping& range = ranges()[i];
    const ProgramMapping next = ranges()[i + 1];
    if (range.high == next.low && range.leave == Leave::none && next.leave == Leave::none) {
      range.high = next.high;
      replace_locked(i + 1, i + 2, nullptr, 0);
    } else {
      ++i;
    }
  }
}

void note_locked(Address low, Address high) noexcept {
  Within within;
  const ProgramMapping whole = {low, high, Leave::none};
  if (high <= low) return;
  if (cut_out_locked(low, high, within) && replace_locked(within.first, within.last, &whole, 1)) {
    join_locked(low, high);
  } else {
    g_live.unseen_memory.fetch_add(1, std::memory_order_relaxed);
  }
}

// Where no memory is left, too much stays noted, and what moves is noted nowhere else.
Leave begin_leaving_locked(Address low, Address high, bool moves) noexcept {
  Within within;
  if (high <= low) return Leave::none;
  if (!cut_out_locked(low, high, within)) {  // not run: no memory for one row more
    if (moves) g_live.unseen_memory.fetch_add(1, std::memory_order_relaxed);
    return Leave::none;
  }
  if (within.first == within.last) return Leave::none;
  const auto leave = static_cast<Leave>(++g_mappings.calls);
  for (std::size_t i = within.first; i < within.last; ++i) ranges()[i].leave = leave;
  return leave;
}

void end_leaving_locked(Leave leave, Address low, Address high, bool left) noexcept {
  std::size_t kept = first_that_ends_above(ranges(), low);
  std::size_t i = kept;
  for (; i < ranges().size() && ranges()[i].low < high; ++i) {
    ProgramMapping range = ranges()[i];
    if (range.leave == leave && left) continue;
    if (range.leave == leave) range.leave = Leave::none;
    ranges()[kept++] = range;
  }
  replace_locked(kept, i, nullptr, 0);
  join_locked(low, high);
}

}  // namespace

void note_program_mapping(Address low, Address high) noexcept {
  if (!change_locked([=] { note_locked(low, high); })) doubt_program_mappings();
}

void forget_program_mapping(Address low, Address high) noexcept {
  change_locked([=] {
    Within within;
    if (cut_out_locked(low, high, within)) replace_locked(within.first, within.last, nullptr, 0);
  });
}

Leave begin_unmapping(Address low, Address high) noexcept {
  Leave leave = Leave::none;
  change_locked([&] { leave = begin_leaving_locked(low, high, false); });
  return leave;
}

void end_unmapping(Leave leave, Address low, Address high, bool unmapped) noexcept {
  change_locked([=] { end_leaving_locked(leave, low, high, unmapped); });
}

Leave begin_moving(Address low, Address high) noexcept {
  Leave leave = Leave::none;
  const bool changed = change_locked([&] {
    leave = begin_leaving_locked(low, high, true);
    if (leave != Leave::none) g_mappings.moves.fetch_add(1, std::memory_order_relaxed);
  });
  if (!changed) doubt_program_mappings();
  return leave;
}

void end_moving(Leave leave, AddressRange from, AddressRange moved, bool stays) noexcept {
  const bool done = moved.low != moved.high;
  const bool changed = change_locked([=] {
    end_leaving_locked(leave, from.low, from.high, done && !stays);
    if (done) note_locked(moved.low, moved.high);
  });
  if (!changed) doubt_program_mappings();
  g_mappings.moves.fetch_sub(1, std::memory_order_relaxed);
}

// A move ends soon, unless a handler has interrupted it, or left it for good.
void lock_program_mappings() noexcept {
  constexpr unsigned kMostTries = 200;
  for (unsigned tries = 1;; ++tries) {
    g_mappings.lock.lock();
    if (g_mappings.moves.load(std::memory_order_relaxed) == 0 || tries == kMostTries) return;
    g_mappings.lock.unlock();
    kernel::sched_yield();
  }
}

bool try_lock_program_mappings() noexcept {
  if (!g_mappings.lock.try_lock()) return false;
  g_mappings.is_for_fork = true;
  return true;
}

void unlock_program_mappings() noexcept {
  g_mappings.is_for_fork = false;
  g_mappings.lock.unlock();
}

void free_program_mappings() noexcept {
  if (g_mappings.is_changing) doubt_program_mappings();
  g_mappings.is_changing = false;
  unlock_program_mappings();
}

const PageArray<ProgramMapping>& program_mappings() noexcept { return ranges(); }

void doubt_program_mappings() noexcept { g_mappings.in_doubt.store(true, std::memory_order_relaxed); }

bool are_mappings_in_doubt() noexcept {
  return g_mappings.in_doubt.load(std::memory_order_relaxed) || g_mappings.moves.load(std::memory_order_relaxed) != 0;
}

}  // namespace gordian::rt
