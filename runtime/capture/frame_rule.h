// frame_rule.h - how to get from a frame of the stack to its caller's.
//
// In terms of the stack pointer and the frame pointer (fp: rbp on x86-64, x29 on aarch64) alone: at a call, no compiler
// describes a frame by another register. What is described otherwise (signal frames, the loader's trampolines) is
// "unusual", and left to the C++ runtime's unwinder.
//
// The canonical frame address (CFA, DWARF 5, 6.4) is the caller's stack pointer after the call has returned.
#pragma once

#include <cstdint>

namespace gordian::rt {

struct FrameRule {
  // at_fp: the word at fp + cfa_offset is the CFA.
  enum class Cfa : std::uint8_t { sp, fp, at_fp };
  // Where the caller's fp is. at_cfa: saved at CFA + fp_offset; at_fp: where fp points.
  enum class Fp : std::uint8_t { same, at_cfa, at_fp };

  Cfa cfa = Cfa::sp;
  Fp fp = Fp::same;
  std::int32_t cfa_offset = 0;
  std::int32_t fp_offset = 0;
  std::int32_t return_offset = 0;  // the return address lies at CFA + return_offset
};

// A rule in the few bits that a return address leaves in a word: machine/packed_rule.h says how. Where they do not say it
// whole they hold a name: one of these, or kFirstRow + the rule's row (rule_cache.h).
using PackedRule = std::uint32_t;

inline constexpr PackedRule kOutermost = 1;  // nobody called this function
inline constexpr PackedRule kUnusual = 2;
inline constexpr PackedRule kNowhere = 3;    // in no module; never kept
inline constexpr PackedRule kFirstRow = 4;

}  // namespace gordian::rt
