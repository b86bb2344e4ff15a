// packed_rule.h - frame rules (capture/frame_rule.h) in 18 bits, as aarch64 has them.
//
// Beside a 48-bit address whose two lowest bits are zeros, in one word that is read and written as one. Compilers save
// x29 and, behind it, the return address, as one record (AAPCS64, 6.4.6), and g++ leaves it at the stack pointer:
//
//   kind 0   CFA = sp + offset, the record at sp
//   kind 1   CFA = x29 + offset, the record at x29
//   kind 2   CFA = sp + offset (upper ten bits), the record at CFA - place (lower six)
//   kind 3   what the upper 16 bits name, as in frame_rule.h
//
// where kind is the lowest two bits, and the others count 16 bytes each: at most 1 MiB.
#pragma once

#include "capture/frame_rule.h"
#include "machine/frame_place.h"

namespace gordian::rt {

inline constexpr unsigned kRuleBits = 18;
inline constexpr unsigned kKindBits = 2;
inline constexpr PackedRule kKindMask = (1u << kKindBits) - 1;
inline constexpr PackedRule kRecordAtSp = 0;
inline constexpr PackedRule kRecordAtFp = 1;
inline constexpr PackedRule kRecordBelowCfa = 2;
inline constexpr PackedRule kNamed = 3;
inline constexpr unsigned kPlaceBits = 6;

constexpr PackedRule named_rule(PackedRule name) { return name << kKindBits | kNamed; }
constexpr PackedRule name_of(PackedRule rule) { return rule >> kKindBits; }

// Where the caller is whose CFA, and rule, that is.
inline FramePlace place_of(Address cfa, const FrameRule& rule) noexcept {
  return {cfa + static_cast<Address>(std::int64_t{rule.return_offset}), cfa};
}

// The caller's place by rules that ask for the stack pointer alone, and by those that ask for fp alone. `saved`, zero before, becomes
// where the frame has the caller's fp.
constexpr bool is_by_sp(PackedRule rule) { return (rule & 1) == 0; }
constexpr bool is_by_fp(PackedRule rule) { return (rule & kKindMask) == kRecordAtFp; }
__attribute__((always_inline)) inline FramePlace caller_by_sp(PackedRule rule, Address sp,
                                                                         Address& saved) noexcept {
  const PackedRule units = rule >> kKindBits;
  if (__builtin_expect((rule & kKindMask) == kRecordAtSp, 1)) {
    saved = sp;
    return {sp + 8, sp + 16 * Address{units}};
  }
  const Address cfa = sp + 16 * Address{units >> kPlaceBits};
  saved = cfa - 16 * Address{units & ((1u << kPlaceBits) - 1)};
  return {saved + 8, cfa};
}
inline FramePlace caller_by_fp(PackedRule rule, Address fp, Address& saved) noexcept {
  saved = fp;
  return {fp + 8, fp + 16 * Address{rule >> kKindBits}};
}

// The rule in the bits, where they hold it.
constexpr bool pack_whole(const FrameRule& rule, PackedRule& out) {
  const bool has_record = rule.fp == FrameRule::Fp::at_cfa && rule.return_offset == rule.fp_offset + 8;
  if (!has_record || rule.cfa_offset % 16 != 0 || rule.fp_offset % 16 != 0 || rule.fp_offset >= 0) return false;
  const auto offset = static_cast<PackedRule>(rule.cfa_offset / 16);
  const auto place = static_cast<PackedRule>(-rule.fp_offset / 16);
  const bool at_register = offset == place && offset < 1u << (kRuleBits - kKindBits);
  if (rule.cfa == FrameRule::Cfa::fp || at_register) {
    out = offset << kKindBits | (rule.cfa == FrameRule::Cfa::fp ? kRecordAtFp : kRecordAtSp);
    return at_register && rule.cfa != FrameRule::Cfa::at_fp;
  }
  out = (offset << kPlaceBits | place) << kKindBits | kRecordBelowCfa;
  return rule.cfa == FrameRule::Cfa::sp && rule.cfa_offset >= 0 && offset < 1u << (kRuleBits - kKindBits - kPlaceBits) &&
         place < 1u << kPlaceBits;
}

// Any rule in a word that is not 0; 0 where its offsets are too large, or it is one that no compiler makes.
constexpr std::uint64_t row_of(const FrameRule& rule) {
  constexpr unsigned kOffsetBits = 20;
  constexpr std::int32_t kMost = 1 << (kOffsetBits + 3 - 1);
  const auto holds = [](std::int32_t offset) { return offset < kMost && offset > -kMost && offset % 8 == 0; };
  if (!holds(rule.cfa_offset) || !holds(rule.fp_offset) || !holds(rule.return_offset)) return 0;
  if (rule.cfa == FrameRule::Cfa::at_fp || rule.fp == FrameRule::Fp::at_fp) return 0;
  const auto bits = [](std::int32_t offset) {
    return std::uint64_t{static_cast<std::uint32_t>(offset / 8) & ((1u << kOffsetBits) - 1)};
  };
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(rule.cfa) << 61 | static_cast<std::uint64_t>(rule.fp) << 60 |
         bits(rule.cfa_offset) << 40 | bits(rule.fp_offset) << 20 | bits(rule.return_offset);
}
constexpr FrameRule rule_of_row(std::uint64_t row) {
  const auto signed_offset = [](std::uint64_t bits) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits) << 12) >> 12 << 3;
  };
  return {static_cast<FrameRule::Cfa>(row >> 61 & 3), static_cast<FrameRule::Fp>(row >> 60 & 1),
          signed_offset(row >> 40), signed_offset(row >> 20), signed_offset(row)};
}

}  // namespace gordian::rt
