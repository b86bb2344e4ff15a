// live.cpp - the tables themselves: zero from the start, so usable before any constructor.
#include "tables/live.h"

namespace gordian::rt {

constinit LiveTables g_live;

bool ignore_block(Address at) noexcept {
  constexpr Address kFarthest = 64 << 20;
  constexpr Address kGranule = decltype(g_live.blocks)::kGranule;
  const Address first = at & ~(kGranule - 1);
  for (Address start = first; first - start < kFarthest && start >= kGranule; start -= kGranule) {
    if ((g_live.blocks.get(start) & kLive) == 0) continue;
    std::uint32_t* const place = g_live.blocks.place(start);
    const std::uint32_t size = place[1] >> 1;
    const bool covers = at - start < size || at == start || size == kHugeSize;
    if (covers) __atomic_fetch_or(place, kIgnored, __ATOMIC_RELAXED);
    return covers;
  }
  return false;
}

}  // namespace gordian::rt
