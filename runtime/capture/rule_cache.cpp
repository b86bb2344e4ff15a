// rule_cache.cpp - see rule_cache.h.
#include "capture/rule_cache.h"

#include "capture/eh_frame.h"

namespace gordian::rt {

constinit std::atomic<RuleCache*> g_rules{nullptr};
constinit std::atomic<std::uint64_t> g_code_epoch{0};

namespace {

constexpr std::size_t kFirstEntries = std::size_t{1} << 10;
constexpr std::size_t kMostEntries = std::size_t{1} << 17;
constexpr std::size_t kWays = 4;  // places where an entry may be: its own and the three that differ in the lowest bits
constexpr std::uint64_t kRunning = 0xffff;
constexpr Address kMostAddress = Address{1} << 47;

constinit std::atomic<std::size_t> g_kept{0};  // in the cache of now
constinit std::atomic<bool> g_renewing{false};

// Rules that 17 bits do not hold, each once. A program has a handful.
constexpr std::size_t kRows = 256;
constinit std::atomic<std::uint64_t> g_rows[kRows] = {};

std::uint64_t row_of(const FrameRule& rule) noexcept {
  constexpr std::uint32_t kOffsetMask = (1u << 29) - 1;
  const auto cfa_offset = static_cast<std::uint32_t>(rule.cfa_offset) & kOffsetMask;
  const auto rbp_offset = static_cast<std::uint32_t>(rule.rbp_offset) & kOffsetMask;
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(rule.cfa) << 60 |
         static_cast<std::uint64_t>(rule.rbp) << 58 | std::uint64_t{cfa_offset} << 29 | rbp_offset;
}

std::int32_t signed_offset(std::uint64_t bits) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits) << 3) >> 3;
}

PackedRule pack_in_row(const FrameRule& rule) noexcept {
  constexpr std::int32_t kMost = 1 << 28;
  const auto holds = [](std::int32_t offset) { return offset < kMost && offset > -kMost; };
  const bool fits = holds(rule.cfa_offset) && holds(rule.rbp_offset);
  const std::uint64_t row = row_of(rule);
  for (std::size_t i = 0; fits && i < kRows; ++i) {
    std::uint64_t found = g_rows[i].load(std::memory_order_relaxed);
    if (found == 0 && g_rows[i].compare_exchange_strong(found, row)) found = row;
    if (found == row) return named_rule(kFirstRow + static_cast<PackedRule>(i));
  }
  return named_rule(kUnusual);
}

PackedRule pack(const FrameRule& rule) noexcept {
  constexpr std::int32_t kMostOffset = 1 << kRuleBits;
  const bool offset_fits = rule.cfa_offset >= 8 && rule.cfa_offset < kMostOffset && rule.cfa_offset % 8 == 0;
  if (rule.cfa == FrameRule::Cfa::rsp && offset_fits) {
    const auto offset = static_cast<PackedRule>(rule.cfa_offset);
    if (rule.rbp == FrameRule::Rbp::same) return offset;
    const std::int32_t kind = (-rule.rbp_offset - 8) / 8;
    if (rule.rbp == FrameRule::Rbp::at_cfa && rule.rbp_offset % 8 == 0 && kind >= 1 && kind <= 6)
      return offset | static_cast<PackedRule>(kind);
  }
  const bool frame_pointer = rule.cfa == FrameRule::Cfa::rbp && rule.cfa_offset == 16 &&
                             rule.rbp == FrameRule::Rbp::at_cfa && rule.rbp_offset == -16;
  return frame_pointer ? named_rule(kFramePointer) : pack_in_row(rule);
}

PackedRule read_rule(Address return_address) noexcept {
  FrameRule rule;
  switch (find_frame_rule(return_address, rule)) {
    case FrameKind::usual: return pack(rule);
    case FrameKind::outermost: return named_rule(kOutermost);
    case FrameKind::nowhere: return named_rule(kNowhere);
    case FrameKind::unusual: break;
  }
  return named_rule(kUnusual);
}

RuleCache* make_cache(std::size_t entries, std::uint64_t epoch) noexcept {
  auto* cache = static_cast<RuleCache*>(map_pages(sizeof(RuleCache) + entries * sizeof(std::uint64_t)));
  if (cache == nullptr) return nullptr;
  cache->mask = entries - 1;
  cache->epoch.store(epoch, std::memory_order_relaxed);
  return cache;
}

void keep(RuleCache& cache, Address return_address, PackedRule rule) noexcept {
  const std::size_t home = return_address & cache.mask;
  std::size_t place = home ^ ((return_address >> 20) & (kWays - 1));  // given up for the new one where all are taken
  for (std::size_t way = 0; way < kWays; ++way) {
    if (cache.entries[home ^ way].load(std::memory_order_relaxed) != 0) continue;
    place = home ^ way;
    g_kept.fetch_add(1, std::memory_order_relaxed);
    break;
  }
  cache.entries[place].store(return_address << kRuleBits | rule, std::memory_order_relaxed);
}

// Replaces `old` by one of twice the size. Who comes second has done nothing.
void grow(RuleCache* old) noexcept {
  RuleCache* grown = make_cache(2 * (old->mask + 1), old->epoch.load(std::memory_order_relaxed));
  if (grown == nullptr) return;
  for (std::size_t i = 0; i <= old->mask; ++i) {
    const std::uint64_t entry = old->entries[i].load(std::memory_order_relaxed);
    if (entry != 0) keep(*grown, entry >> kRuleBits, entry & ((1u << kRuleBits) - 1));
  }
  if (!g_rules.compare_exchange_strong(old, grown)) ::munmap(grown, sizeof(RuleCache) + (grown->mask + 1) * 8);
}

// Makes the cache one of `epoch`: empty. One thread does; the others look their rules up meanwhile.
void renew(RuleCache& cache, std::uint64_t epoch) noexcept {
  if (g_renewing.exchange(true)) return;
  for (std::size_t i = 0; i <= cache.mask; ++i) cache.entries[i].store(0, std::memory_order_relaxed);
  g_kept.store(0, std::memory_order_relaxed);
  cache.epoch.store(epoch, std::memory_order_release);
  g_renewing.store(false);
}

RuleCache* cache_of(std::uint64_t epoch) noexcept {
  RuleCache* cache = g_rules.load(std::memory_order_acquire);
  if (cache == nullptr) {
    RuleCache* first = make_cache(kFirstEntries, epoch);
    if (first == nullptr) return nullptr;
    if (g_rules.compare_exchange_strong(cache, first)) return first;
    ::munmap(first, sizeof(RuleCache) + kFirstEntries * 8);
  }
  if (cache->epoch.load(std::memory_order_acquire) != epoch) renew(*cache, epoch);
  return cache->epoch.load(std::memory_order_acquire) == epoch ? cache : nullptr;
}

}  // namespace

__attribute__((noinline)) PackedRule find_rule(Address return_address) noexcept {
  if (return_address >= kMostAddress) return named_rule(kNowhere);
  const std::uint64_t epoch = g_code_epoch.load(std::memory_order_acquire);
  RuleCache* const cache = (epoch & kRunning) == 0 ? cache_of(epoch) : nullptr;
  if (cache == nullptr) return read_rule(return_address);
  for (std::size_t way = 1; way < kWays; ++way) {
    const std::uint64_t entry = cache->entries[(return_address & cache->mask) ^ way].load(std::memory_order_relaxed);
    if (entry >> kRuleBits == return_address) return entry & ((1u << kRuleBits) - 1);
  }
  const PackedRule rule = read_rule(return_address);
  if (rule == named_rule(kNowhere)) return rule;
  if (g_kept.load(std::memory_order_relaxed) > cache->mask / 2 && cache->mask + 1 < kMostEntries) {
    g_kept.store(0, std::memory_order_relaxed);
    grow(cache);
  } else {
    keep(*cache, return_address, rule);
  }
  return rule;
}

std::size_t rules_bytes() noexcept {
  const RuleCache* cache = g_rules.load(std::memory_order_acquire);
  if (cache == nullptr) return 0;
  const std::size_t entries = cache->mask + 1;
  const std::size_t outgrown = entries - kFirstEntries;  // each half of the next
  return (entries + outgrown) * sizeof(std::uint64_t);
}

void note_forked_code() noexcept {
  const std::uint64_t epoch = g_code_epoch.load();
  if ((epoch & kRunning) != 0) g_code_epoch.store((epoch | kRunning) + 1 + t_code_goes);
  g_renewing.store(false);
}

FrameRule rule_in_row(PackedRule name) noexcept {
  const std::uint64_t row = g_rows[name - kFirstRow].load(std::memory_order_relaxed);
  FrameRule rule;
  rule.cfa = static_cast<FrameRule::Cfa>(row >> 60 & 3);
  rule.rbp = static_cast<FrameRule::Rbp>(row >> 58 & 3);
  rule.cfa_offset = signed_offset(row >> 29);
  rule.rbp_offset = signed_offset(row);
  return rule;
}

}  // namespace gordian::rt
