// rule_cache.cpp - see rule_cache.h.
#include "capture/rule_cache.h"

#include <dlfcn.h>
#include <link.h>

#include "capture/eh_frame.h"

namespace gordian::rt {

constinit std::atomic<RuleCache*> g_rules{nullptr};
constinit std::atomic<std::uint64_t> g_code_epoch{0};

namespace {

constexpr std::size_t kFirstEntries = std::size_t{1} << 10;
constexpr std::size_t kMostEntries = std::size_t{1} << 17;
constexpr std::size_t kWays = 4;  // places where an entry may be: its own and the three that differ in the lowest bits
constexpr std::uint64_t kRunning = 0xffff;
constexpr Address kMostAddress = Address{1} << kAddressBits;
static_assert(kAddressBits - kCodeAlignBits + kRuleBits <= 64);

constinit std::atomic<std::size_t> g_kept{0};  // in the cache of now
constinit std::atomic<bool> g_renewing{false};

// Rules that kRuleBits do not hold, each once. A program has a handful.
constexpr std::size_t kRows = 256;
constinit std::atomic<std::uint64_t> g_rows[kRows] = {};

PackedRule pack(const FrameRule& rule) noexcept {
  PackedRule packed = 0;
  if (pack_whole(rule, packed)) return packed;
  const std::uint64_t row = row_of(rule);
  for (std::size_t i = 0; row != 0 && i < kRows; ++i) {
    std::uint64_t found = g_rows[i].load(std::memory_order_relaxed);
    if (found == 0 && g_rows[i].compare_exchange_strong(found, row)) found = row;
    if (found == row) return named_rule(kFirstRow + static_cast<PackedRule>(i));
  }
  return named_rule(kUnusual);
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

// Released: an entry may name a row that is as new.
void keep(RuleCache& cache, std::uint64_t key, PackedRule rule) noexcept {
  const std::size_t home = key & cache.mask;
  std::size_t place = home ^ ((key >> 20) & (kWays - 1));  // given up for the new one where all are taken
  for (std::size_t way = 0; way < kWays; ++way) {
    if (cache.entries[home ^ way].load(std::memory_order_relaxed) != 0) continue;
    place = home ^ way;
    g_kept.fetch_add(1, std::memory_order_relaxed);
    break;
  }
  cache.entries[place].store(key << kRuleBits | rule, std::memory_order_release);
}

// Replaces `old` by one of twice the size. Who comes second has done nothing.
void grow(RuleCache* old) noexcept {
  RuleCache* grown = make_cache(2 * (old->mask + 1), old->epoch.load(std::memory_order_relaxed));
  if (grown == nullptr) return;
  for (std::size_t i = 0; i <= old->mask; ++i) {
    const std::uint64_t entry = old->entries[i].load(std::memory_order_relaxed);
    if (entry != 0) keep(*grown, entry >> kRuleBits, entry & ((1u << kRuleBits) - 1));
  }
  if (!g_rules.compare_exchange_strong(old, grown)) kernel_munmap(grown, sizeof(RuleCache) + (grown->mask + 1) * 8);
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
    kernel_munmap(first, sizeof(RuleCache) + kFirstEntries * 8);
  }
  if (cache->epoch.load(std::memory_order_acquire) != epoch) renew(*cache, epoch);
  return cache->epoch.load(std::memory_order_acquire) == epoch ? cache : nullptr;
}

}  // namespace

__attribute__((noinline)) PackedRule find_rule(Address return_address) noexcept {
  const std::uint64_t key = code_key(return_address);
  if (return_address >= kMostAddress || key << kCodeAlignBits != return_address) return named_rule(kNowhere);
  const std::uint64_t epoch = g_code_epoch.load(std::memory_order_acquire);
  RuleCache* const cache = (epoch & kRunning) == 0 ? cache_of(epoch) : nullptr;
  if (cache == nullptr) return read_rule(return_address);
  for (std::size_t way = 1; way < kWays; ++way) {
    const std::uint64_t entry = cache->entries[(key & cache->mask) ^ way].load(std::memory_order_relaxed);
    if (entry >> kRuleBits == key) return entry & ((1u << kRuleBits) - 1);
  }
  const PackedRule rule = read_rule(return_address);
  if (rule == named_rule(kNowhere)) return rule;
  if (g_kept.load(std::memory_order_relaxed) > cache->mask / 2 && cache->mask + 1 < kMostEntries) {
    g_kept.store(0, std::memory_order_relaxed);
    grow(cache);
  } else {
    keep(*cache, key, rule);
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

void note_new_module(Address caller) noexcept {
  dl_find_object found;
  if (::_dl_find_object(reinterpret_cast<void*>(caller), &found) != 0) return;
  if (reinterpret_cast<Address>(found.dlfo_map_start) == _r_debug.r_ldbase) begin_code_epoch();
}

FrameRule rule_in_row(PackedRule name) noexcept {
  return rule_of_row(g_rows[name - kFirstRow].load(std::memory_order_relaxed));
}

}  // namespace gordian::rt
