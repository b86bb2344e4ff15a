// live.cpp - the tables themselves: zero from the start, so usable before any constructor.
#include "tables/live.h"

namespace gordian::rt {

constinit LiveTables g_live;

Address find_block(Address at) noexcept {
  constexpr Address kFarthest = 64 << 20;
  constexpr Address kGranule = decltype(g_live.blocks)::kGranule;
  const Address first = at & ~(kGranule - 1);
  for (Address start = first; first - start < kFarthest && start >= kGranule; start -= kGranule) {
    if ((g_live.blocks.get(start) & kLive) == 0) continue;
    const std::uint32_t size = g_live.blocks.place(start)[1] >> 1;
    return at - start < size || at == start || size == kHugeSize ? start : 0;
  }
  return 0;
}

bool mark_block(Address at, std::uint32_t mark) noexcept {
  const Address start = find_block(at);
  if (start != 0) __atomic_fetch_or(g_live.blocks.place(start), mark, __ATOMIC_RELAXED);
  return start != 0;
}

bool is_marked_block(Address at, std::uint32_t mark) noexcept {
  const Address start = find_block(at);
  return start != 0 && (g_live.blocks.get(start) & mark) != 0;
}

MarksOfBlock marks_of_block(Address start, std::uint32_t entry) noexcept {
  MarksOfBlock marks;
  marks.marks = entry & (kIgnored | kWatched);
  if ((marks.marks & kWatched) != 0) marks.watch = g_live.marks.get(start);
  if ((marks.marks & kIgnored) != 0) marks.reason = g_live.marks.get(behind(start));
  return marks;
}

// Before the marks, so that a check that comes between finds nothing of a block that was there. Where the table cannot
// grow, one that nobody can tell is watched no longer.
void mark_moved_block(Address start, const MarksOfBlock& moved) noexcept {
  std::uint32_t marks = moved.marks;
  if ((marks & kWatched) != 0 && !g_live.marks.set(start, moved.watch)) marks &= ~kWatched;
  if ((marks & kIgnored) != 0 && (moved.reason != 0 || g_live.marks.get(behind(start)) != 0)) {
    g_live.marks.set(behind(start), moved.reason);
  }
  mark_block(start, marks);
}

std::uint32_t watch_block(Address at) noexcept {
  const Address start = find_block(at);
  if (start == 0) return 0;
  if ((g_live.blocks.get(start) & kWatched) != 0) return g_live.marks.get(start);
  const std::uint32_t watch = g_live.last_watch.fetch_add(1, std::memory_order_relaxed) + 1;
  if (!g_live.marks.set(start, watch)) return 0;
  mark_block(start, kWatched);
  return watch;
}

bool is_watched_block(Address at, std::uint32_t watch) noexcept {
  const Address start = find_block(at);
  return start != 0 && (g_live.blocks.get(start) & kWatched) != 0 && g_live.marks.get(start) == watch;
}

}  // namespace gordian::rt
