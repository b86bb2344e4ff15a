// frame_rule.h - how to get from a frame of the stack to its caller's.
//
// On x86-64, in terms of the stack pointer and rbp alone: at a call, no compiler describes a frame
// by another register. What is described otherwise (signal frames, the loader's trampolines) is "unusual", and left
// to the C++ runtime's unwinder.
//
// The canonical frame address (CFA, DWARF 5, 6.4) is the caller's stack pointer after the call has
// returned; the return address lies 8 bytes below it.
#pragma once

#include <cstdint>

namespace gordian::rt {

struct FrameRule {
  // at_rbp: the word at rbp + cfa_offset is the CFA.
  enum class Cfa : std::uint8_t { rsp, rbp, at_rbp };
  // Where the caller's rbp is. at_cfa: saved at CFA + rbp_offset; at_rbp: where rbp points.
  enum class Rbp : std::uint8_t { same, at_cfa, at_rbp };

  Cfa cfa = Cfa::rsp;
  Rbp rbp = Rbp::same;
  std::int32_t cfa_offset = 0;
  std::int32_t rbp_offset = 0;
};

// A rule in 17 bits, beside a 47-bit address in one word that is read and written as one:
//
//   kind 0       CFA = rsp + offset, rbp as it is
//   kind 1 to 6  CFA = rsp + offset, rbp saved at CFA - 8 - 8 * kind
//   kind 7       what the upper 14 bits name: kFramePointer ... kNowhere, or kFirstRow + the rule's row
//
// where kind is the lowest three bits, and offset the others with three zeros below: at most 128 KiB.
using PackedRule = std::uint32_t;

inline constexpr unsigned kRuleBits = 17;
inline constexpr PackedRule kKindMask = 7;
inline constexpr PackedRule kNamed = 7;
constexpr PackedRule named_rule(PackedRule name) { return name << 3 | kNamed; }
constexpr PackedRule name_of(PackedRule rule) { return rule >> 3; }

inline constexpr PackedRule kFramePointer = 0;  // CFA = rbp + 16, rbp saved at CFA - 16
inline constexpr PackedRule kOutermost = 1;     // nobody called this function
inline constexpr PackedRule kUnusual = 2;
inline constexpr PackedRule kNowhere = 3;       // in no module; never kept
inline constexpr PackedRule kFirstRow = 4;

}  // namespace gordian::rt
