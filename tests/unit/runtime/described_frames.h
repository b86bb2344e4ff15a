// described_frames.h - what the unwind tables, and the cache of them, say of a place in the code.
#pragma once

#include <utility>

#include "capture/eh_frame.h"
#include "capture/rule_cache.h"
#include "catch.h"

namespace gordian::test {

using rt::Address;
using rt::FrameKind;
using rt::FrameRule;
using Cfa = FrameRule::Cfa;
using Fp = FrameRule::Fp;

inline bool same(const FrameRule& a, const FrameRule& b) {
  const bool fp = a.fp == b.fp && (a.fp != Fp::at_cfa || a.fp_offset == b.fp_offset);
  return a.cfa == b.cfa && a.cfa_offset == b.cfa_offset && a.return_offset == b.return_offset && fp;
}

// What a packed rule says: where it leads to from a frame whose registers are known.
inline std::pair<FrameKind, FrameRule> unpack(rt::PackedRule packed) {
  constexpr Address kRegister = Address{1} << 32;
  const auto distance = [](Address from, Address to) { return static_cast<std::int32_t>(to - from); };
  if (rt::is_by_sp(packed) || rt::is_by_fp(packed)) {
    Address saved = 0;
    const bool by_sp = rt::is_by_sp(packed);
    const rt::FramePlace caller = by_sp ? rt::caller_by_sp(packed, kRegister, saved)
                                        : rt::caller_by_fp(packed, kRegister, saved);
    const Address cfa = caller.sp();
    return {FrameKind::usual,
            {by_sp ? Cfa::sp : Cfa::fp, saved != 0 ? Fp::at_cfa : Fp::same, distance(kRegister, cfa),
             saved != 0 ? distance(cfa, saved) : 0, distance(cfa, caller.slot)}};
  }
  switch (rt::name_of(packed)) {
    case rt::kOutermost: return {FrameKind::outermost, {}};
    case rt::kUnusual: return {FrameKind::unusual, {}};
    case rt::kNowhere: return {FrameKind::nowhere, {}};
    default: return {FrameKind::usual, rt::rule_in_row(rt::name_of(packed))};
  }
}

// The rule at a label, read from the tables; asked twice of the cache, it says the same.
inline std::pair<FrameKind, FrameRule> rule_at(const char* label) {
  const auto at = reinterpret_cast<Address>(label);
  FrameRule rule;
  const FrameKind kind = rt::find_frame_rule(at, rule);
  for (int i = 0; i < 2; ++i) {
    const auto [cached_kind, cached] = unpack(rt::rule_of(at));
    CHECK(cached_kind == kind);
    if (kind == FrameKind::usual) CHECK(same(cached, rule));
  }
  return {kind, rule};
}

}  // namespace gordian::test
