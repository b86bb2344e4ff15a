// rule_cache.h - the frame rules of the places that were met, by return address.
//
// A program allocates from few places: each rule is read from the tables once (a microsecond), and then costs one
// load. An entry is one word, written and read as one, so nothing is locked and nothing can be half written:
//
//   return address, without the low bits that are always zeros << kRuleBits | rule (machine/packed_rule.h)
//
// The cache starts with 8 KiB and grows to 1 MiB; a cache that was outgrown is never freed, a reader may be in it.
//
// Invariant: what a cache says holds for the code that is mapped. dlclose() unmaps code, and other code may come
// to the same place: while it runs nothing is kept, and afterwards another epoch begins, in which the entries of the
// one before say nothing. Code that is unmapped unseen is forgotten when other code may come: see note_new_module().
//
// Context: constant-initialised, runs inside malloc hooks.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/memory.h"
#include "machine/addresses.h"
#include "machine/packed_rule.h"

namespace gordian::rt {

struct RuleCache {
  std::atomic<std::uint64_t> epoch;
  std::size_t mask;
  std::atomic<std::uint64_t> entries[];
};
extern std::atomic<RuleCache*> g_rules;
// Its low 16 bits count the dlclose() calls that are running, the others those that have ended.
extern std::atomic<std::uint64_t> g_code_epoch;

inline bool code_is_going() noexcept { return (g_code_epoch.load(std::memory_order_acquire) & 0xffff) != 0; }
// How many of these calls are the thread's own.
inline thread_local std::uint16_t t_code_goes __attribute__((tls_model("initial-exec"))) = 0;

// What an entry has of a return address, and by what its place is chosen.
constexpr std::uint64_t code_key(Address return_address) { return return_address >> kCodeAlignBits; }

// Reads the rule from the tables, and keeps it where it can be kept.
PackedRule find_rule(Address return_address) noexcept;

// The rule for the frame whose call ends at `return_address`.
inline PackedRule rule_of(Address return_address) noexcept {
  const RuleCache* cache = g_rules.load(std::memory_order_acquire);
  const std::uint64_t epoch = g_code_epoch.load(std::memory_order_acquire);
  if (cache != nullptr && cache->epoch.load(std::memory_order_acquire) == epoch) {
    const std::uint64_t key = code_key(return_address);
    const std::uint64_t entry = cache->entries[key & cache->mask].load(std::memory_order_relaxed);
    if (__builtin_expect(entry >> kRuleBits == key, 1)) return entry & ((1u << kRuleBits) - 1);
  }
  return find_rule(return_address);
}

// What a rule says that is named by a row. `name` is at least kFirstRow.
FrameRule rule_in_row(PackedRule name) noexcept;

// Of the cache and those it outgrew, in bytes.
std::size_t rules_bytes() noexcept;

// In a forked child: threads of the parent that were in dlclose() are gone, but for the one that forked.
void note_forked_code() noexcept;

// What was kept, and what walks remember, is forgotten.
inline void begin_code_epoch() noexcept { g_code_epoch.fetch_add(1u << 16); }

// The loader allocates what it knows of a module before it maps it: calloc(bytes, 1), of this many at least.
constexpr std::size_t kLeastOfModule = 512;
// To be called for each such allocation; begins another epoch where `caller` is in the loader.
void note_new_module(Address caller) noexcept;

// While code is being unmapped.
class CodeGoes {
 public:
  CodeGoes() noexcept {
    ++t_code_goes;
    g_code_epoch.fetch_add(1);
  }
  ~CodeGoes() {
    g_code_epoch.fetch_add((1u << 16) - 1);
    --t_code_goes;
  }
  CodeGoes(const CodeGoes&) = delete;
  CodeGoes& operator=(const CodeGoes&) = delete;
};

}  // namespace gordian::rt
