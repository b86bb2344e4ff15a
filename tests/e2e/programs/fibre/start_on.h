// start_on.h - a call on another stack, for fibre_without_base.cpp.
//
// start_on(sp, function) calls the function on another stack, where it is returned to what lies at sp;
// it leaves by switch_back(). At first_frame nobody called the function.
#pragma once

extern "C" void start_on(void* sp, void (*function)());
extern "C" void switch_back();
extern "C" const char first_frame[];

#if defined(__x86_64__)
asm(R"(
  .text
  .globl start_on, switch_back, first_frame
  .type start_on, @function
start_on:
  .cfi_startproc
  push %rbp
  .cfi_adjust_cfa_offset 8
  .cfi_offset %rbp, -16
  push %rbx
  push %r12
  push %r13
  push %r14
  push %r15
  mov %rsp, start_on_from(%rip)
  mov %rdi, %rsp
  jmp *%rsi
  .cfi_endproc
  .type switch_back, @function
switch_back:
  mov start_on_from(%rip), %rsp
  pop %r15
  pop %r14
  pop %r13
  pop %r12
  pop %rbx
  pop %rbp
  ret
  .type described, @function
described:
  .cfi_startproc
  .cfi_undefined %rip
  nop
first_frame:
  hlt
  .cfi_endproc
  .local start_on_from
  .comm start_on_from, 8, 8
)");
#elif defined(__aarch64__)
asm(R"(
  .text
  .globl start_on, switch_back, first_frame
  .type start_on, %function
start_on:
  .cfi_startproc
  stp x29, x30, [sp, -96]!
  .cfi_def_cfa_offset 96
  .cfi_offset x29, -96
  .cfi_offset x30, -88
  stp x19, x20, [sp, 16]
  stp x21, x22, [sp, 32]
  stp x23, x24, [sp, 48]
  stp x25, x26, [sp, 64]
  stp x27, x28, [sp, 80]
  adrp x9, start_on_from
  mov x10, sp
  str x10, [x9, :lo12:start_on_from]
  ldr x30, [x0]
  and x10, x0, -16
  mov sp, x10
  br x1
  .cfi_endproc
  .type switch_back, %function
switch_back:
  adrp x9, start_on_from
  ldr x10, [x9, :lo12:start_on_from]
  mov sp, x10
  ldp x19, x20, [sp, 16]
  ldp x21, x22, [sp, 32]
  ldp x23, x24, [sp, 48]
  ldp x25, x26, [sp, 64]
  ldp x27, x28, [sp, 80]
  ldp x29, x30, [sp], 96
  ret
  .type described, %function
described:
  .cfi_startproc
  .cfi_undefined x30
  nop
first_frame:
  brk 1
  .cfi_endproc
  .local start_on_from
  .comm start_on_from, 8, 8
)");
#endif
