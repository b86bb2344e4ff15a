// call_on_stack.h - a call on another stack, on aarch64: to be included by one file.
//
// Unwinders find the way back: the frame is described by x29.
#pragma once

// Calls function(argument) with the stack that ends at `end`, a multiple of 16.
extern "C" void gordian_call_on_stack(void* end, void (*function)(void*), void* argument)
    __attribute__((visibility("hidden")));

asm(R"(
  .pushsection .text
  .globl gordian_call_on_stack
  .hidden gordian_call_on_stack
  .type gordian_call_on_stack, %function
gordian_call_on_stack:
  .cfi_startproc
  hint 34
  stp x29, x30, [sp, -16]!
  .cfi_adjust_cfa_offset 16
  .cfi_offset x29, -16
  .cfi_offset x30, -8
  mov x29, sp
  .cfi_def_cfa_register x29
  mov sp, x0
  mov x0, x2
  blr x1
  mov sp, x29
  .cfi_def_cfa_register sp
  ldp x29, x30, [sp], 16
  .cfi_adjust_cfa_offset -16
  .cfi_restore x29
  .cfi_restore x30
  ret
  .cfi_endproc
  .size gordian_call_on_stack, . - gordian_call_on_stack
  .popsection
)");
