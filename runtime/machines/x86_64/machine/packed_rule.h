// packed_rule.h - frame rules (capture/frame_rule.h) in 17 bits, as x86-64 has them.
//
// Beside a 47-bit address in one word that is read and written as one:
//
//   kind 0       CFA = rsp + offset, rbp as it is
//   kind 1 to 6  CFA = rsp + offset, rbp saved at CFA - 8 - 8 * kind
//   kind 7       what the upper 14 bits name: kFramePointer, or as in frame_rule.h
//
// where kind is the lowest three bits, and offset the others with three zeros below: at most 128 KiB.
// The return address always lies at CFA - 8.
#pragma once

#include "capture/frame_rule.h"
#include "machine/frame_place.h"

namespace gordian::rt {

inline constexpr unsigned kRuleBits = 17;
inline constexpr PackedRule kKindMask = 7;
inline constexpr PackedRule kNamed = 7;
inline constexpr PackedRule kFramePointer = 0;  // CFA = rbp + 16, rbp saved at CFA - 16

constexpr PackedRule named_rule(PackedRule name) { return name << 3 | kNamed; }
constexpr PackedRule name_of(PackedRule rule) { return rule >> 3; }

// Where the caller is whose CFA, and rule, that is.
inline FramePlace place_of(Address cfa, const FrameRule&) noexcept { return {cfa - 8}; }

// The caller's place by rules that ask for the stack pointer alone, and by the one that asks for fp alone. `saved`, zero before, becomes
// where the frame has the caller's fp.
constexpr bool is_by_sp(PackedRule rule) { return (rule & kKindMask) != kNamed; }
constexpr bool is_by_fp(PackedRule rule) { return rule == named_rule(kFramePointer); }
__attribute__((always_inline)) inline FramePlace caller_by_sp(PackedRule rule, Address sp,
                                                                         Address& saved) noexcept {
  const PackedRule kind = rule & kKindMask;
  const Address cfa = sp + (rule & ~kKindMask);
  if (kind != 0) saved = cfa - 8 - 8 * kind;
  return {cfa - 8};
}
inline FramePlace caller_by_fp(PackedRule, Address fp, Address& saved) noexcept {
  saved = fp;
  return {fp + 8};
}

// The rule in the bits, where they hold it.
constexpr bool pack_whole(const FrameRule& rule, PackedRule& out) {
  constexpr std::int32_t kMostOffset = 1 << kRuleBits;
  const bool offset_fits = rule.cfa_offset >= 8 && rule.cfa_offset < kMostOffset && rule.cfa_offset % 8 == 0;
  const std::int32_t kind = (-rule.fp_offset - 8) / 8;
  const bool kind_fits = rule.fp == FrameRule::Fp::at_cfa && rule.fp_offset % 8 == 0 && kind >= 1 && kind <= 6;
  const auto offset = static_cast<PackedRule>(rule.cfa_offset);
  if (rule.cfa == FrameRule::Cfa::sp && offset_fits && (kind_fits || rule.fp == FrameRule::Fp::same)) {
    out = kind_fits ? offset | static_cast<PackedRule>(kind) : offset;
    return true;
  }
  out = named_rule(kFramePointer);
  return rule.cfa == FrameRule::Cfa::fp && rule.cfa_offset == 16 && rule.fp == FrameRule::Fp::at_cfa &&
         rule.fp_offset == -16;
}

// Any rule in a word that is not 0; 0 where its offsets are too large.
constexpr std::uint64_t row_of(const FrameRule& rule) {
  constexpr std::uint32_t kOffsetMask = (1u << 29) - 1;
  constexpr std::int32_t kMost = 1 << 28;
  const auto holds = [](std::int32_t offset) { return offset < kMost && offset > -kMost; };
  if (!holds(rule.cfa_offset) || !holds(rule.fp_offset)) return 0;
  const auto cfa_offset = static_cast<std::uint32_t>(rule.cfa_offset) & kOffsetMask;
  const auto fp_offset = static_cast<std::uint32_t>(rule.fp_offset) & kOffsetMask;
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(rule.cfa) << 60 | static_cast<std::uint64_t>(rule.fp) << 58 |
         std::uint64_t{cfa_offset} << 29 | fp_offset;
}
constexpr FrameRule rule_of_row(std::uint64_t row) {
  const auto signed_offset = [](std::uint64_t bits) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits) << 3) >> 3;
  };
  return {static_cast<FrameRule::Cfa>(row >> 60 & 3), static_cast<FrameRule::Fp>(row >> 58 & 3),
          signed_offset(row >> 29), signed_offset(row), -8};
}

}  // namespace gordian::rt
