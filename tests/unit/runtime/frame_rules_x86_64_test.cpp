// frame_rules_x86_64_test.cpp - capture/eh_frame.h and capture/rule_cache.h, on code for x86-64 that is described by hand
// (described_code_x86_64.cpp).
#include "described_frames.h"

using namespace gordian::rt;
using namespace gordian::test;

extern "C" const char frame_at_entry[], frame_pushed[], frame_restored[], frame_remembered[], frame_large[],
    frame_pointer[], frame_saved_deep[], frame_saved_far[], frame_without_rbp[], frame_rbp_undefined[],
    frame_aligned[], frame_outermost[], frame_of_signal[], frame_by_rbx[], frame_moved_return[], frame_moved_stack[],
    frame_after_last[], frame_undescribed[], frame_of_sigreturn[];

namespace {

void check_usual(const char* label, const FrameRule& expected) {
  const auto [kind, rule] = rule_at(label);
  CHECK(kind == FrameKind::usual);
  CHECK(same(rule, expected));
}

}  // namespace

TEST_CASE("the rule of a place is that of the instruction before it") {
  check_usual(frame_at_entry, {Cfa::sp, Fp::same, 8, 0, -8});
  check_usual(frame_pushed, {Cfa::sp, Fp::at_cfa, 48, -16, -8});
  check_usual(frame_restored, {Cfa::sp, Fp::same, 8, 0, -8});
  check_usual(frame_remembered, {Cfa::sp, Fp::at_cfa, 48, -16, -8});
  check_usual(frame_after_last, {Cfa::sp, Fp::same, 32, 0, -8});  // a call that does not return ends its function
}

TEST_CASE("frames larger than a packed rule holds, and rbp saved wherever") {
  check_usual(frame_large, {Cfa::sp, Fp::at_cfa, 0x40030, -16, -8});
  check_usual(frame_saved_deep, {Cfa::sp, Fp::at_cfa, 64, -56, -8});
  check_usual(frame_saved_far, {Cfa::sp, Fp::at_cfa, 64, -64, -8});
  check_usual(frame_without_rbp, {Cfa::sp, Fp::same, 64, 0, -8});
  check_usual(frame_rbp_undefined, {Cfa::sp, Fp::same, 64, 0, -8});
}

TEST_CASE("frames found by rbp, with an aligned stack too") {
  check_usual(frame_pointer, {Cfa::fp, Fp::at_cfa, 16, -16, -8});
  check_usual(frame_aligned, {Cfa::at_fp, Fp::at_fp, -8, 0, -8});
}

TEST_CASE("what ends the stack, and what is left to the C++ runtime") {
  CHECK(rule_at(frame_outermost).first == FrameKind::outermost);
  CHECK(rule_at(frame_undescribed).first == FrameKind::outermost);
  CHECK(rule_at(frame_of_sigreturn).first == FrameKind::unusual);
  CHECK(rule_at(frame_of_signal).first == FrameKind::unusual);
  CHECK(rule_at(frame_by_rbx).first == FrameKind::unusual);
  CHECK(rule_at(frame_moved_return).first == FrameKind::unusual);
  CHECK(rule_at(frame_moved_stack).first == FrameKind::unusual);
}
