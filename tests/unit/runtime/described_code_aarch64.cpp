// described_code_aarch64.cpp - code whose frames are described in the ways of aarch64, for frame_rules_aarch64_test.cpp.
//
// Nobody runs it: what counts is the description at each label, where a call would return to. It says registers by number
// (29: x29, 30: x30, 31: sp) and has no instruction but one that every assembler knows: so the tables of aarch64 can be
// made and read on any machine.
asm(R"(
  .text
  .globl arm_at_entry, arm_record_at_sp, arm_signed, arm_record_above, arm_restored, arm_remembered, arm_huge
  .globl arm_by_fp, arm_by_fp_far, arm_return_only, arm_return_in_register, arm_outermost, arm_of_signal, arm_by_x19
  .globl arm_return_above, arm_moved_stack, arm_undescribed, arm_of_sigreturn

  .macro begin name
  .type \name, %function
\name:
  .cfi_startproc simple
  .cfi_return_column 30
  .cfi_def_cfa 31, 0
  .endm

  begin arm_plain
  nop
arm_at_entry:
  nop
  .cfi_def_cfa_offset 32
  .cfi_offset 29, -32
  .cfi_offset 30, -24
  nop
arm_record_at_sp:
  nop
  .cfi_escape 0x2d
  nop
arm_signed:
  nop
  .cfi_remember_state
  .cfi_def_cfa_offset 96
  nop
arm_record_above:
  nop
  .cfi_def_cfa_offset 0
  .cfi_restore 29
  .cfi_restore 30
  nop
arm_restored:
  nop
  .cfi_restore_state
  nop
arm_remembered:
  nop
  .cfi_def_cfa_offset 0x200010
  nop
arm_huge:
  nop
  .cfi_endproc

  begin arm_pointer
  .cfi_def_cfa 29, 16
  .cfi_offset 30, -8
  .cfi_offset 29, -16
  nop
arm_by_fp:
  nop
  .cfi_def_cfa 29, 48
  nop
arm_by_fp_far:
  nop
  .cfi_endproc

  begin arm_leafless
  .cfi_def_cfa_offset 16
  .cfi_offset 30, -16
  nop
arm_return_only:
  nop
  .cfi_same_value 30
  nop
arm_return_in_register:
  nop
  .cfi_endproc

  begin arm_first
  .cfi_undefined 30
  nop
arm_outermost:
  nop
  .cfi_endproc

  begin arm_signal
  .cfi_signal_frame
  .cfi_offset 30, -8
  nop
arm_of_signal:
  nop
  .cfi_endproc

  begin arm_odd
  .cfi_offset 29, -16
  .cfi_offset 30, -8
  .cfi_remember_state
  .cfi_def_cfa 19, 16
  nop
arm_by_x19:
  nop
  .cfi_restore_state
  .cfi_remember_state
  .cfi_offset 30, 8
  nop
arm_return_above:
  nop
  .cfi_restore_state
  .cfi_offset 31, -24
  nop
arm_moved_stack:
  nop
  .cfi_endproc

  .type arm_nothing, %function
arm_nothing:
  nop
  nop
arm_undescribed:
  nop
  nop
arm_of_sigreturn: /* mov x8, #139; svc #0 */
  .byte 0x68, 0x11, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4
  nop
)");
