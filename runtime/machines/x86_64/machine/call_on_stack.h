// call_on_stack.h - a call on another stack, on x86-64: to be included by one file.
//
// Unwinders find the way back: the frame is described by rbp.
#pragma once

// Calls function(argument) with the stack that ends at `end`, a multiple of 16.
extern "C" void gordian_call_on_stack(void* end, void (*function)(void*), void* argument)
    __attribute__((visibility("hidden")));

asm(R"(
  .pushsection .text
  .globl gordian_call_on_stack
  .hidden gordian_call_on_stack
  .type gordian_call_on_stack, @function
gordian_call_on_stack:
  .cfi_startproc
  endbr64
  push %rbp
  .cfi_adjust_cfa_offset 8
  .cfi_offset %rbp, -16
  mov %rsp, %rbp
  .cfi_def_cfa_register %rbp
  mov %rdi, %rsp
  mov %rdx, %rdi
  call *%rsi
  mov %rbp, %rsp
  pop %rbp
  .cfi_def_cfa %rsp, 8
  .cfi_restore %rbp
  ret
  .cfi_endproc
  .size gordian_call_on_stack, . - gordian_call_on_stack
  .popsection
)");
