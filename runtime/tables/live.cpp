// live.cpp - the tables themselves: zero from the start, so usable before any constructor.
#include "tables/live.h"

namespace gordian::rt {

constinit LiveTables g_live;

bool ignore_block(Address at) noexcept {
  constexpr Address kFarthest = 64 << 20;
  constexpr Address kGranule = AddressTable<std::uint64_t>::kGranule;
  const Address first = at & ~(kGranule - 1);
  for (Address start = first; first - start < kFarthest && start >= kGranule; start -= kGranule) {
    const std::uint64_t entry = g_live.blocks.get(start);
    if (entry == 0) continue;
    const std::uint64_t size = entry >> 32;
    const bool covers = at - start < size || at == start || size == kHugeSize;
    return covers && g_live.blocks.set(start, entry | kIgnored);
  }
  return false;
}

}  // namespace gordian::rt
