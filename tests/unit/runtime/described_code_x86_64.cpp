// described_code_x86_64.cpp - code whose frames are described in every way that compilers and people do, for
// frame_rules_x86_64_test.cpp.
//
// Nobody runs it: what counts is the description at each label, where a call would return to.

asm(R"(
  .text
  .globl frame_at_entry, frame_pushed, frame_restored, frame_large, frame_pointer, frame_saved_deep, frame_saved_far
  .globl frame_aligned, frame_outermost, frame_of_signal, frame_by_rbx, frame_moved_return, frame_moved_stack, frame_without_rbp
  .globl frame_rbp_undefined, frame_remembered, frame_after_last, frame_undescribed, frame_of_sigreturn

  .type plain_function, @function
plain_function:
  .cfi_startproc
  nop
frame_at_entry:
  nop
  push %rbp
  .cfi_adjust_cfa_offset 8
  .cfi_offset %rbp, -16
  sub $32, %rsp
  .cfi_adjust_cfa_offset 32
  nop
frame_pushed:
  nop
  .cfi_remember_state
  add $32, %rsp
  .cfi_adjust_cfa_offset -32
  pop %rbp
  .cfi_adjust_cfa_offset -8
  .cfi_restore %rbp
  nop
frame_restored:
  ret
  .cfi_restore_state
  nop
frame_remembered:
  nop
  sub $0x40000, %rsp
  .cfi_def_cfa_offset 0x40030  # not adjusted: clang's assembler forgets the offset when a state is restored
  nop
frame_large:
  nop
  .cfi_endproc
  .size plain_function, . - plain_function

  .type pointer_function, @function
pointer_function:
  .cfi_startproc
  push %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  mov %rsp, %rbp
  .cfi_def_cfa_register %rbp
  nop
frame_pointer:
  nop
  .cfi_endproc

  .type deep_function, @function
deep_function:
  .cfi_startproc
  .cfi_def_cfa_offset 64
  .cfi_offset %r15, -16
  .cfi_offset %rbx, -24
  .cfi_offset %rbp, -56
  nop
frame_saved_deep:
  nop
  .cfi_offset %rbp, -64
  nop
frame_saved_far:
  nop
  .cfi_same_value %rbp
  nop
frame_without_rbp:
  nop
  .cfi_undefined %rbp
  nop
frame_rbp_undefined:
  nop
  .cfi_endproc

  .type aligned_function, @function
aligned_function:
  .cfi_startproc
  lea 8(%rsp), %r10
  .cfi_def_cfa %r10, 0
  and $-64, %rsp
  push -8(%r10)
  push %rbp
  mov %rsp, %rbp
  .cfi_escape 0x10, 0x06, 0x02, 0x76, 0x00
  push %r10
  .cfi_escape 0x0f, 0x03, 0x76, 0x78, 0x06
  nop
frame_aligned:
  nop
  .cfi_endproc

  .type first_function, @function
first_function:
  .cfi_startproc
  .cfi_undefined %rip
  nop
frame_outermost:
  nop
  .cfi_endproc

  .type signal_function, @function
signal_function:
  .cfi_startproc
  .cfi_signal_frame
  nop
frame_of_signal:
  nop
  .cfi_endproc

  .type odd_function, @function
odd_function:
  .cfi_startproc
  .cfi_remember_state
  .cfi_def_cfa %rbx, 16
  nop
frame_by_rbx:
  nop
  .cfi_restore_state
  .cfi_register %rip, %rdx
  nop
frame_moved_return:
  nop
  .cfi_offset %rip, -8
  .cfi_offset %rsp, -16
  nop
frame_moved_stack:
  nop
  .cfi_endproc

  .type noreturn_function, @function
noreturn_function:
  .cfi_startproc
  sub $24, %rsp
  .cfi_adjust_cfa_offset 24
  call noreturn_function
frame_after_last:
  .cfi_endproc

  .type undescribed_function, @function
undescribed_function:
  nop
  nop
frame_undescribed:
  nop
  nop
frame_of_sigreturn:
  mov $15, %rax
  syscall
  nop
)");
