// frame_rules_aarch64_test.cpp - capture/eh_frame.h on code for aarch64 that is described by hand
// (described_code_aarch64.cpp), and on aarch64 the cache of its rules, too.
#include "described_frames.h"
#include "machine/dwarf.h"

using namespace gordian::rt;
using namespace gordian::test;

extern "C" const char arm_at_entry[], arm_record_at_sp[], arm_signed[], arm_record_above[], arm_restored[],
    arm_remembered[], arm_huge[], arm_by_fp[], arm_by_fp_far[], arm_return_only[], arm_return_in_register[],
    arm_outermost[], arm_of_signal[], arm_by_x19[], arm_return_above[], arm_moved_stack[], arm_undescribed[],
    arm_of_sigreturn[];

namespace {

constexpr bool kOwn = kDwarf.return_address == kDwarfAarch64.return_address;

FrameKind kind_at(const char* label, FrameRule& rule) {
  const FrameKind kind = find_frame_rule(reinterpret_cast<Address>(label), kDwarfAarch64, rule);
  if (kOwn) CHECK(rule_at(label).first == kind);
  return kind;
}
FrameKind kind_at(const char* label) {
  FrameRule rule;
  return kind_at(label, rule);
}

void check_usual(const char* label, const FrameRule& expected) {
  FrameRule rule;
  CHECK(kind_at(label, rule) == FrameKind::usual);
  CHECK(same(rule, expected));
}

}  // namespace

TEST_CASE("aarch64: the return address is where it was saved, signed or not") {
  check_usual(arm_record_at_sp, {Cfa::sp, Fp::at_cfa, 32, -32, -24});
  check_usual(arm_signed, {Cfa::sp, Fp::at_cfa, 32, -32, -24});
  check_usual(arm_record_above, {Cfa::sp, Fp::at_cfa, 96, -32, -24});
  check_usual(arm_remembered, {Cfa::sp, Fp::at_cfa, 32, -32, -24});
  check_usual(arm_huge, {Cfa::sp, Fp::at_cfa, 0x200010, -32, -24});
  check_usual(arm_return_only, {Cfa::sp, Fp::same, 16, 0, -16});
}

TEST_CASE("aarch64: frames found by x29") {
  check_usual(arm_by_fp, {Cfa::fp, Fp::at_cfa, 16, -16, -8});
  check_usual(arm_by_fp_far, {Cfa::fp, Fp::at_cfa, 48, -16, -8});
}

TEST_CASE("aarch64: what ends the stack, and what is left to the C++ runtime") {
  CHECK(kind_at(arm_outermost) == FrameKind::outermost);
  // The return address is in x30 still, or again: who calls from there has lost it.
  CHECK(kind_at(arm_at_entry) == FrameKind::unusual);
  CHECK(kind_at(arm_restored) == FrameKind::unusual);
  CHECK(kind_at(arm_return_in_register) == FrameKind::unusual);
  CHECK(kind_at(arm_of_signal) == FrameKind::unusual);
  CHECK(kind_at(arm_by_x19) == FrameKind::unusual);
  CHECK(kind_at(arm_return_above) == FrameKind::unusual);
  CHECK(kind_at(arm_moved_stack) == FrameKind::unusual);
  CHECK(kind_at(arm_undescribed) == FrameKind::outermost);
  if (kOwn) CHECK(kind_at(arm_of_sigreturn) == FrameKind::unusual);
}

TEST_CASE("tables of another machine than asked for are left to the C++ runtime") {
  FrameRule rule;
  CHECK(find_frame_rule(reinterpret_cast<Address>(arm_record_at_sp), kDwarfX86_64, rule) == FrameKind::unusual);
}
